/** What a word of a status means for a sale. */
export type WordClass =
  | "approved"
  | "later"
  | "declined"
  | "failed"
  | "noHost"
  | "line"
  | "pay"
  | "answer"
  | "cancelled"
  | "reversed"
  | "refund"
  | "noSale"
  | "not"
  | "already"
  | "of"
  | "plain"

/** English words in lower case; only whole words match. */
const english: Record<WordClass, string> = {
  approved:
    "approved approve approves approval success successful successfully succeeded succeed succeeds paid " +
    "complete completed completes completion accepted accept accepts acceptance ok okay authorised " +
    "authorized honoured honored passed done finished",
  // What follows an approval. Without it the sale can be approved all the same.
  later: "captured confirmed settled",
  declined:
    "declined decline declines refused refuse refuses refusal rejected reject rejects rejection denied " +
    "deny denial",
  failed: "failed fail fails failure failing unsuccessful error errors",
  noHost: "timeout timedout timed interrupted unreachable unanswered",
  line: "communication communications comm comms network connection line reader read",
  pay: "pay payment payments",
  answer: "answer response reply",
  cancelled:
    "cancelled canceled cancel cancels cancellation cancelation void voided voids revoked revoke " +
    "revocation revocations closed",
  reversed: "reversed reverse reverses reversal reversals autoreversal",
  refund: "refund refunded refunds refunding return returned returns",
  noSale: "signin signon signoff logon logoff settlement echo inquiry enquiry reconciliation download",
  not: "not no non never without unable cannot isnt wasnt didnt",
  already: "already",
  of: "of",
  plain:
    "transaction transactions txn trans tran trx trade sale sales purchase purchases order card status " +
    "result state by the was is has been have with and a an for to from host bank issuer acquirer customer " +
    "user merchant cardholder cashier shop fully full partially partial total online offline debit " +
    "authorisation authorization preauthorization preauthorisation preauth pre auth out code chip " +
    "contactless swipe",
}

/** Chinese words; the longest match is taken. */
const chinese: Record<WordClass, string> = {
  approved: "成功 承兑 批准 完成 完结 通过 到账 付讫 正常",
  later: "已结算 已清算 已入账",
  declined: "拒绝 拒付 被拒 驳回",
  failed: "失败 异常 错误 无效",
  noHost: "超时 中断",
  line: "通讯 通信 网络 连接 读卡",
  pay: "支付 付款 收款 扣款 付 收",
  answer: "应答 响应 返回",
  cancelled: "撤销 撤消 取消 关闭 撤单 作废 撤回",
  reversed: "冲正 冲销",
  refund: "退货 退款 退费 退单",
  noSale: "签到 签退 结算 批结 批上送 参数 下载 回响 对账 查询",
  not: "未 不 没有 没 尚未 非 无 否 暂未 并未 未能",
  already: "已 已经",
  of: "",
  plain:
    "交易 订单 处理 受理 消费 销售 全额 部分 全部 状态 结果 用户 客户 顾客 商户 银行 发卡行 主机 刷卡 扫码 插卡 挥卡 银行卡 " +
    "预授权 担保 并 且 的 了 被 由 等 线上 线下 联机 脱机 主扫 被扫 二维码 微信 支付宝 云闪付 银联 电子 现金 一笔",
}

const classOf = new Map<string, WordClass>()
for (const words of [english, chinese])
  for (const [name, list] of Object.entries(words))
    for (const word of list.split(" ").filter((one) => one !== "")) classOf.set(word, name as WordClass)

const longestChinese = 4

/** The classes of the words in a run of Chinese characters; null for a part that matches no word. */
function chineseClasses(text: string): (WordClass | null)[] {
  const found: (WordClass | null)[] = []
  for (let at = 0; at < text.length;) {
    let length = Math.min(longestChinese, text.length - at)
    while (length > 1 && !classOf.has(text.slice(at, at + length))) length -= 1
    found.push(classOf.get(text.slice(at, at + length)) ?? null)
    at += length
  }
  return found
}

/** Unpaid, incomplete, non-payment: the prefix negates the word after it. */
const contrary = /^(?:un|in|im|non|not|dis)(.{2,})$/

function englishClasses(word: string): (WordClass | null)[] {
  const known = classOf.get(word)
  if (known) return [known]
  const inner = classOf.get(contrary.exec(word)?.[1] ?? "")
  return inner === "approved" || inner === "later" || inner === "pay" ? ["not", inner] : [null]
}

/** The classes of a text's words in order; null for each unknown word. Parts with digits are not words. */
export function wordClasses(text: string): (WordClass | null)[] {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/(\p{L})['’](\p{L})/gu, "$1$2")
    .replaceAll(/sign[ _-](in|on|off)\b/g, "sign$1")
  const words = plain.match(/\p{Script=Han}+|[\p{Script=Latin}\p{M}\p{N}]+|\p{L}+/gu) ?? []
  return words
    .filter((word) => !/\p{N}/u.test(word))
    .flatMap((word) => (/\p{Script=Han}/u.test(word) ? chineseClasses(word) : englishClasses(word)))
}
