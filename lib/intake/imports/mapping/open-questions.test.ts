import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { factsOfRows } from "@/lib/intake/imports/mapping/column-facts"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import { likelyMoneyUnit, openCodes } from "@/lib/intake/imports/mapping/open-questions"
import { Profile } from "@/lib/intake/imports/mapping/profile"

type Cells = Record<string, string>

const given = Profile.parse({ name: "p", kind: "transactions", columns: {} })

function read(rows: readonly Cells[], profile: Partial<Profile> = {}) {
  const headers = Object.keys(rows[0] ?? {})
  const head = { headers, rows, facts: factsOfRows(headers, rows) }
  return { head, whole: completeProfile({ ...given, ...profile }, head) }
}

const sale = { "Terminal ID": "T1", "Transaction time": "2026-11-28 11:00:00", Status: "approved" }

describe("the unit of amounts", () => {
  const unitOf = (header: string, amounts: readonly string[], profile?: Partial<Profile>) => {
    const { head, whole } = read(
      amounts.map((amount) => ({ ...sale, [header]: amount })),
      profile,
    )
    return likelyMoneyUnit(whole, head)
  }

  test("is asked for if all amounts are whole numbers, and only then", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 20 }),
        fc.nat(19),
        (minors, place) => {
          const whole = minors.map(String)
          expect(unitOf("Amount", whole)).not.toBeNull()
          for (const profile of [{ moneyUnit: "yuan" }, { moneyUnit: "fen" }, { currency: "JPY" }] as const)
            expect(unitOf("Amount", whole, profile)).toBeNull()
          for (const header of ["金额(分)", "金额(元)", "amount_cents", "Amount (minor units)"])
            expect(unitOf(header, whole)).toBeNull()
          const at = place % minors.length
          for (const other of ["12.50", "3,50", "¥12", "12元"])
            expect(unitOf("Amount", whole.with(at, other))).toBeNull()
        },
      ),
    ))

  test("looks like minor units if many amounts are over a thousand and not all are multiples of 100", () => {
    expect(unitOf("Amount", ["1250", "990", "4500", "12800"])).toBe("fen")
    expect(unitOf("Amount", ["12", "8", "45", "1200"])).toBe("yuan")
    expect(unitOf("Amount", ["1000", "2500"])).toBe("yuan")
  })

  test.each([
    ["金额(分)", "1250", 1250],
    ["交易金额分", "1250", 1250],
    ["amount_in_cents", "1250", 1250],
    ["amountFen", "1250", 1250],
    ["Amount (minor units)", "1250", 1250],
    ["金额(元)", "1250", 125_000],
    ["金额(万元)", "1.5", 1_500_000],
    ["Amount", "000000001250", 1250],
  ])("under the header %s makes %s to %i", (header, text, minor) => {
    const row = { ...sale, [header]: text }
    const { whole } = read([row])
    const kept = { cells: row, number: 0, line: 2, cardRef: null, hash: "r" }
    expect(recordOf(whole, kept)["amountMinor"]).toBe(minor)
  })
})

describe("the codes to explain", () => {
  const { Status: _status, ...coded } = sale
  const open = (rows: readonly Cells[], profile?: Partial<Profile>) => {
    const { head, whole } = read(rows, profile)
    return openCodes(whole, head, [{ text: "Q7", rows: 3 }]).map(({ code }) => code)
  }
  const row = { ...coded, "Result code": "Q7" }

  test("are those that alone show the outcome of a sale", () => {
    expect(open([row])).toEqual(["Q7"])
    expect(open([{ ...row, Status: "approved" }])).toEqual([])
    expect(
      open([
        { ...row, Status: "approved" },
        { ...row, Status: "" },
      ]),
    ).toEqual(["Q7"])
    expect(open([{ ...row, Status: "7" }])).toEqual(["Q7"])
  })

  test("are none if the profile says what they mean", () => {
    expect(open([row], { codeMeanings: { Q7: "declined" } })).toEqual([])
    expect(open([row], { codeMeanings: { "*": "quarantine" } })).toEqual([])
    expect(open([row], { codeMeanings: { Q8: "declined" } })).toEqual(["Q7"])
  })
})
