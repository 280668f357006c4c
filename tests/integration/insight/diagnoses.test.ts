import { expect, test } from "vitest"
import { POST as diagnose } from "@/app/api/v1/diagnoses/route"
import type { Diagnosis } from "@/lib/insight/diagnoses/schemas"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { lines, minutesAgo, transactionsOnce } from "@/tests/support/ingest"

useDatabase()

/** An issuer fails at three other stores, and a card cannot be read there. */
async function givenTrouble() {
  const { orgId, ingestKey, readKey } = await givenOrganisation()
  const serials = ["till 0", "till 1", "till 2", "till 3"]
  for (const serial of serials) await givenTerminal(orgId, { serial, codeSystem: "unionpay" })
  const sale = { outcome: "declined", code: "91", issuerBin: "622202", entryMode: "chip" }
  const down = serials
    .slice(1)
    .flatMap((terminal, store) =>
      [1, 2, 3, 4].map((i) => ({ ...sale, terminal, id: `${store}-${i}`, at: minutesAgo(5 + i) })),
    )
  const unread = { ...sale, codeSystem: "pos-hal", code: "ICC-2108", cardRef: "worn", issuerBin: "621700" }
  const worn = serials
    .slice(2)
    .map((terminal, i) => ({ ...unread, terminal, id: `worn ${i}`, at: minutesAgo(60 + i) }))
  await transactionsOnce({ key: ingestKey, body: lines([...down, ...worn]) })
  await foldAll()
  await judgeFailedSales({ orgId, now: new Date() })
  return async (more: object): Promise<Diagnosis> => {
    const body = JSON.stringify({ terminal: "till 0", ...more })
    const answer = await call(diagnose, "/api/v1/diagnoses", { key: readKey, body })
    expect(answer.status).toBe(200)
    return (await answer.json()) as Diagnosis
  }
}

const codesOf = ({ evidence }: Diagnosis) => evidence.map(({ code }) => code)

test("a diagnosis uses the card's issuer, the card, the entry mode, the time and the screen", async () => {
  const ask = await givenTrouble()
  const down = await ask({ code: "91", issuerBin: "62220201", entryMode: "chip" })
  expect(down.cause).toBe("system")
  expect(codesOf(down)).toContain("issuer_minutes")
  expect(codesOf(await ask({ code: "91", entryMode: "chip" }))).not.toContain("issuer_minutes")
  const before = await ask({ code: "91", issuerBin: "622202", entryMode: "chip", at: minutesAgo(60 * 30) })
  expect(codesOf(before)).not.toContain("issuer_minutes")

  const read = { codeSystem: "pos-hal", code: "ICC-2108", entryMode: "chip" }
  const worn = await ask({ ...read, card: "worn" })
  expect([worn.cause, codesOf(worn)]).toEqual(["card", expect.arrayContaining(["card_fails_elsewhere"])])
  expect(codesOf(await ask(read))).not.toContain("card_fails_elsewhere")
  expect(codesOf(await ask({ ...read, card: "worn", entryMode: "swipe" }))).not.toContain(
    "card_fails_elsewhere",
  )

  expect(await ask({ screen: "失败 91" })).toMatchObject({
    code: "91",
    meaning: expect.stringContaining("Issuer") as string,
  })
  expect(await ask({ screen: "请重新签到" })).toMatchObject({ code: null, meaning: "Sign in again" })
  const unknown = await ask({ screen: "此卡无法交易" })
  expect(unknown.questions.map(({ code }) => code)).toEqual([
    "another_card_here",
    "same_card_elsewhere",
    "screen",
  ])
})
