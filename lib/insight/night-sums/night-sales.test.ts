import { expect, test } from "vitest"
import { findOutages, outageTroubles } from "@/lib/insight/engine/incidents/outages"
import { issuersOf } from "@/lib/insight/night-sums/night-sales"
import type { SalesCell } from "@/lib/insight/night-sums/sales-sql"

const issuers = ["400001", "400002", "400003", "400004"]
const million = 1_000_000

/** A day on which each store of 5 terminals sells 20 times for each issuer; one store has 40. */
function dayWith(failuresOf: (store: number, issuer: string) => number) {
  const terminals = Array.from({ length: 140 }, (_, i) => ({ id: i, store: i < 40 ? 0 : Math.floor(i / 5) }))
  const cells = terminals.flatMap(({ id, store }) =>
    issuers.map((issuer): SalesCell => ({
      terminal_id: id,
      store_id: store,
      acquirer: "A",
      issuer,
      scheme: "",
      entry_mode: "chip",
      presentments: 20,
      e_issuer: million,
      e_tech: 0.08 * million,
      failures: { tech: failuresOf(store, issuer) },
    })),
  )
  return outageTroubles(findOutages(issuersOf({ day: "2026-06-02", cells, isPart: false })))
}
const subjects = (troubles: ReturnType<typeof dayWith>) => troubles.map(({ subject }) => subject)

/** What fails anywhere on a usual day. */
const stray = (store: number, issuer: string) => (store % 10 === 9 && issuer === "400001" ? 1 : 0)

test("the bad line of a large store is no outage of its acquirer or of issuers", () => {
  expect(dayWith((store, issuer) => (store === 0 ? 4 : stray(store, issuer)))).toEqual([])
})

test("an issuer and an acquirer are down when their sales fail in all stores", () => {
  expect(subjects(dayWith((_, issuer) => (issuer === "400001" ? 4 : 0)))).toEqual([
    { cls: "issuer", issuer: "400001" },
  ])
  expect(subjects(dayWith(() => 4))).toEqual([{ cls: "acquirer", acquirer: "A" }])
})
