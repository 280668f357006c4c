import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { deriveSale } from "@/lib/intake/imports/mapping/derive-sale"
import { readStatus } from "@/lib/intake/imports/mapping/read-status"

const derive = (cells: Partial<Parameters<typeof deriveSale>[0]>) =>
  deriveSale({ outcome: null, status: "", type: "", meaning: null, words: {}, ...cells })

const approvals = [
  "Approved",
  "SUCCESS",
  "TXN_SUCCESS",
  "paid",
  "Payment completed",
  "已支付",
  "支付成功",
  "交易成功",
  "承兑",
]
const negations = ["Not", "not yet", "No", "never", "Was not"]

describe("a status", () => {
  test.each([
    ["Unpaid", "failed"],
    ["Not approved", "failed"],
    ["Unsuccessful", "failed"],
    ["incomplete", "failed"],
    ["未完成", "failed"],
    ["未付款", "failed"],
    ["未支付", "failed"],
    ["未支付成功", "failed"],
    ["尚未批准", "failed"],
    ["不成功", "failed"],
    ["Declined", "declined"],
    ["拒绝", "declined"],
    ["Declined: insufficient funds", "declined"],
    ["失败（余额不足）", "failed"],
    ["No answer from host", "noHost"],
    ["主机无应答", "noHost"],
    ["Communication error", "noHost"],
    ["通讯失败", "noHost"],
    ["Timed-out", "noHost"],
    ["正常", "approved"],
    ["已结算", "approved"],
    ["处理完成", "approved"],
    ["交易异常", "failed"],
    ["timeout", "noHost"],
  ])("%s ends as %s", (text, end) => expect(readStatus(text)?.end ?? null).toBe(end))

  test.each([
    "Committed",
    "Commission settled",
    "Pending",
    "Processing",
    "处理中",
    "No error",
    "Error-free",
    "Payment",
    "approved, settlement failed",
    "Success: reversed later by clerk",
  ])("%s is left to the user", (text) => {
    const said = readStatus(text)
    expect(said === null || (said.end === null && said.kind === null)).toBe(true)
  })

  test("with a negation is never an approval", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...negations),
        fc.constantFrom(...approvals),
        fc.constantFrom(" ", "_", "  ", "-"),
        (not, approval, between) => {
          const text = /\p{Script=Han}/u.test(approval) ? `未${approval}` : `${not}${between}${approval}`
          expect(derive({ status: text })).not.toMatchObject({ outcome: "approved" })
        },
      ),
    ))

  test("inside another word is not recognised", () =>
    fc.assert(
      fc.property(
        fc.constantFrom("paid", "complete", "success", "cancel", "fail", "comm", "void", "error"),
        fc.stringMatching(/^[b-df-hj-np-tv-z]{3,6}$/),
        (word, letters) => {
          expect(readStatus(`${letters}${word}${letters}`)).toBeNull()
        },
      ),
    ))

  test("is read the same in any case, width and spacing", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...approvals),
        fc.constantFrom("", " ", "\u3000", "00 ", "1-"),
        fc.boolean(),
        (text, before, isUpper) => {
          const written = `${before}${isUpper ? text.toUpperCase() : text}`
          expect(derive({ status: written })).toEqual({ outcome: "approved", isRefund: false })
        },
      ),
    ))
})

describe("a sale", () => {
  test.each([
    ["退款成功", "", "approved", true],
    ["部分退款成功", "", "approved", true],
    ["REFUNDED", "", "approved", true],
    ["退款失败", "", "failed", true],
    ["Cancel failed", "", "failed", false],
    ["成功", "消费撤销", "cancelled", false],
    ["成功", "消费撤销冲正", "reversed", false],
    ["成功", "Reversal of void", "reversed", false],
    ["Approved", "Refund", "approved", true],
    ["支付成功 未退款", "", "approved", false],
    ["已撤销", "", "cancelled", false],
  ])("of status %j and type %j is %s, refund %j", (status, type, outcome, isRefund) =>
    expect(derive({ status, type })).toEqual({ outcome, isRefund }),
  )

  test("is declined by its code although its status says success", () =>
    expect(derive({ status: "Completed", meaning: "refused" })).toMatchObject({ outcome: "declined" }))
  test("with a number as status is decided by a known code only", () => {
    expect(derive({ status: "1", meaning: "approved" })).toMatchObject({ outcome: "approved" })
    expect(derive({ status: "1", meaning: "unmapped" })).toEqual({ unknown: "status" })
  })
  test("uses the user's meaning of a word", () => {
    expect(derive({ status: "Pending", words: { pending: "failed" } })).toMatchObject({ outcome: "failed" })
    expect(derive({ status: "ok", words: { ok: "skip" } })).toEqual({ unknown: "skipped" })
    expect(derive({ status: "ok", type: "Gutschrift", words: { gutschrift: "refund" } })).toEqual({
      outcome: "approved",
      isRefund: true,
    })
  })
  test.each(["签到", "结算", "余额查询", "Sign-in", "settlement"])("%s is none", (type) =>
    expect(derive({ status: "成功", type })).toEqual({ unknown: "type" }),
  )
})
