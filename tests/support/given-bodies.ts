import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

const text = { call: [], staff: "Do not restart terminals.", customers: "", otherWays: "", steps: [] }

/** A first contingency plan of an organisation. */
export const planGiven = { params: { class: "carrier" }, body: { version: 0, text } }

export const meaningOf = (code: string) => ({
  params: { codeSystem: "own" },
  body: { codes: [{ code, cause: "device" }] },
})

/** A maintenance window of a store. */
export const windowGiven = (store: number) => ({
  body: {
    reason: "New router",
    place: { kind: "store", id: store },
    starts: "2099-12-01T22:00",
    ends: "2099-12-02T04:00",
  },
})

/** A comment on a flag, which is open. */
export async function flagGiven(id: number) {
  await asWorker((db) => db.query(sql`update flag set status = 'open' where id = ${id}::bigint`))
  return { body: { ids: [id], change: { what: "comment", text: "Seen" } } }
}
