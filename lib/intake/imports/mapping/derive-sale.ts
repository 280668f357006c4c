import type { Outcome } from "@/lib/intake/transactions/schemas"

/** What a row says of a sale in its own words. */
export type StatusCells = { status: string; code: string; type: string }

/** `reversed` needs the transaction that it reverses; `isRefund` makes an amount negative. */
export type Derived = { outcome: Outcome; isRefund: boolean } | { unknown: "status" | "code" | "type" }

const approvedCodes = /^(?:0{2,6}|success|approved)$/i
const words: readonly [RegExp, Outcome | "refused"][] = [
  [/冲正|reversed|reversal/i, "reversed"],
  [/撤销|取消|关闭|cancel|void/i, "cancelled"],
  [/超时|通讯|通信|读卡|中断|timed? ?out|no answer|comm/i, "failed"],
  [/未成功|不成功|失败|拒绝|拒付|异常|declin|refus|reject|fail|unsuccess|error/i, "refused"],
  [/成功|承兑|批准|已支付|已付|完成|approv|success|paid|complete|accept|^ok$/i, "approved"],
]
const refund = /退货|退款|refund|return/i
/** What terminals send to their host without a customer. */
const notASale = /签到|签退|结算|批上送|参数|下载|回响|对账|sign.?(?:in|on|off)|settle|echo/i

const outcomeOf = (text: string): Outcome | "refused" | null =>
  words.find(([pattern]) => pattern.test(text))?.[1] ?? null

/**
 * The outcome of a sale by its status, its code and its type: the status is the clearest, a code tells
 * approvals from declines, and the type tells reversals, voids and refunds. Refused without a code is failed:
 * no host had decided.
 */
export function deriveSale({ status, code, type }: StatusCells): Derived {
  if (notASale.test(type)) return { unknown: "type" }
  const isRefund = refund.test(type)
  const byType = outcomeOf(type)
  const said = status === "" ? null : outcomeOf(status)
  if (status !== "" && said === null && code === "") return { unknown: "status" }
  const result = said ?? (code === "" ? null : approvedCodes.test(code) ? "approved" : "refused")
  if (result === null) return { unknown: status === "" ? "code" : "status" }
  // A reversal or a void that was refused itself changed nothing.
  if (result === "approved" && (byType === "reversed" || byType === "cancelled"))
    return { outcome: byType, isRefund }
  if (result === "refused")
    return { outcome: code === "" || approvedCodes.test(code) ? "failed" : "declined", isRefund }
  return { outcome: result, isRefund }
}
