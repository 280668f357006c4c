import { describe, expect, test } from "vitest"
import { auto, records } from "@/tests/support/mapped-files"

describe("an outcome", () => {
  test.each([
    ["成功", "", "", "approved"],
    ["交易成功", "00", "消费", "approved"],
    ["失败", "51", "", "declined"],
    ["失败", "", "", "failed"],
    ["", "00", "", "approved"],
    ["", "91", "", "declined"],
    ["已撤销", "", "", "cancelled"],
    ["成功", "00", "消费撤销", "cancelled"],
    ["失败", "12", "消费撤销", "declined"],
    ["已冲正", "00", "", "reversed"],
    ["", "00", "消费冲正", "reversed"],
    ["超时", "", "", "failed"],
    ["不成功", "05", "", "declined"],
    ["Approved", "", "Sale", "approved"],
    ["", "Q7", "", undefined],
    ["", "Q7", "退货", undefined],
    ["成功", "Q7", "", "approved"],
  ])("status %j, code %j, type %j: %s", async (status, code, type, outcome) => {
    const [record] = await records(
      `终端号,交易时间,交易状态,应答码,交易类型,参考号\nT1,2026-01-04 09:05:00,${status},${code},${type},600000000001\n`,
    )
    expect(record?.["outcome"]).toBe(outcome)
  })

  test.each([
    [{ Q7: "approved", "*": "declined" }, "Q7", "", "approved"],
    [{ Q7: "approved", "*": "declined" }, "Q8", "", "declined"],
    [{ "*": "approved" }, "Q8", "消费撤销", "cancelled"],
    [{ "*": "failed" }, "Q8", "", "failed"],
    [{ "*": "approved" }, "51", "", "declined"],
    [{ "*": "quarantine" }, "Q8", "", undefined],
  ] as const)("with %j, code %j and type %j is %s", async (codeMeanings, code, type, outcome) => {
    const [record] = await records(
      `终端号,交易时间,应答码,交易类型,参考号\nT1,2026-01-04 09:05:00,${code},${type},600000000001\n`,
      { ...auto, codeMeanings },
    )
    expect(record?.["outcome"]).toBe(outcome)
  })

  test("of a void with an unknown code rejects its row, because the code alone cannot decide it", () =>
    expect(records("终端号,交易时间,应答码,交易类型\nT1,2026-01-04 09:05:00,Q7,消费撤销\n")).rejects.toThrow(
      "in no code table",
    ))
})
