import type { Subcause } from "@/lib/fleet/code-packs/subcauses"
import type { CodeSays, VerdictCause } from "@/lib/insight/verdicts/priors"

type Meant = { cause: VerdictCause; remedy: string; words: RegExp }

/**
 * What screens say in words of their own, by subcause. The first that matches counts. Messages name each as
 * staff would, and the help page offers these names.
 */
export const screens = {
  wrong_pin: {
    cause: "operator",
    remedy: "correct_operation",
    words:
      /(wrong|incorrect|invalid|bad) pin|pin.{0,6}(wrong|incorrect|error|invalid)|密码.{0,3}(错|不正确|有误)/i,
  },
  insufficient_funds: {
    cause: "card",
    remedy: "check_card",
    words: /insufficient|not enough|no funds|[余资]金?额?不足/i,
  },
  amount_over_limit: {
    cause: "card",
    remedy: "check_card contact_issuer",
    words: /(over|exceed|above).{0,12}limit|limit.{0,12}exceed|超.{0,3}[限额]/i,
  },
  expired_card: {
    cause: "card",
    remedy: "check_card contact_issuer",
    words: /expired|过期|有效期/i,
  },
  fallback_refused_use_chip: {
    cause: "operator",
    remedy: "correct_operation",
    words: /(use|insert).{0,12}(chip|card)|请.{0,4}插.{0,4}[卡芯]|插入芯片|不允许降级/i,
  },
  contactless_read_error: {
    cause: "device",
    remedy: "clean repair_replace",
    words: /(tap|contactless|nfc).{0,20}(error|fail|not|again)|([挥拍]卡|非接|感应|闪付).{0,8}[失错未不重]/i,
  },
  card_read_error: {
    cause: "device",
    remedy: "clean check_card repair_replace",
    words:
      /(card|chip|swipe|read).{0,20}(error|fail|not read|again)|(读卡|刷卡|芯片|磁[条道]).{0,8}[失错无不重]/i,
  },
  terminal_not_signed_in: {
    cause: "operator",
    remedy: "resign_in",
    words: /(sign|log).?(in|on)\b|签到/i,
  },
  communication_failure: {
    cause: "system",
    remedy: "check_comms wait_retry",
    words:
      /network|signal|connect|communication|no line|host|time.?d? ?out|网络|通[讯信]|超时|连接|信号|拨号/i,
  },
  issuer_generic_decline: {
    cause: "card",
    remedy: "contact_issuer",
    words:
      /declin|honou?r|refused|reject|not (approved|authori[sz]ed|permitted)|bank|拒绝|发卡|银行|不予承兑/i,
  },
  tamper_detected: {
    cause: "device",
    remedy: "security_patch repair_replace",
    words: /tamper|self.?destruct|(terminal|security).{0,12}lock|自毁|触发|拆机|终端.{0,3}锁/i,
  },
} as const satisfies Partial<Record<Subcause, Meant>>

export type Screen = keyof typeof screens
export const screenNames = Object.keys(screens) as Screen[]

/** What the words on a screen mean. They come from no code table, so they are believed less than a code. */
export type Said = CodeSays & { subcause: Screen; remedy: string }

export function screenOf(text: string): Said | null {
  const subcause = screenNames.find((name) => screens[name].words.test(text))
  if (!subcause) return null
  const { cause, remedy } = screens[subcause]
  return {
    cause,
    remedy,
    subcause,
    confidence: "medium",
    attributable: cause === "device" ? "weak" : "false",
  }
}
