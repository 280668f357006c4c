import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { idOf, type Place } from "@/tests/support/tables/place"

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
async function flagGiven(id: number) {
  await asWorker((db) => db.query(sql`update flag set status = 'open' where id = ${id}::bigint`))
  return { body: { ids: [id], change: { what: "comment", text: "Seen" } } }
}

/** Requests that do something with the flag, remote action and maintenance window of a shop. */
export function ofFlags(shop: Place) {
  const params = (what: "flag" | "remoteAction" | "window") => ({ params: { id: String(idOf(shop, what)) } })
  const window = () => ({ ...windowGiven(idOf(shop, "store")), ...params("window") })
  return {
    "POST /api/v1/flags/handling": () => flagGiven(idOf(shop, "flag")),
    "POST /api/v1/flags/[id]/remote-action": async () => {
      await flagGiven(idOf(shop, "flag"))
      return { ...params("flag"), body: { action: "restart" } }
    },
    "POST /api/v1/remote-actions/[id]/taken": async () => {
      const id = idOf(shop, "remoteAction")
      await asWorker((db) => db.query(sql`update remote_action set state = 'asked' where id = ${id}::bigint`))
      return params("remoteAction")
    },
    "POST /api/v1/maintenance-windows": window,
    "PUT /api/v1/maintenance-windows/[id]": window,
    "DELETE /api/v1/maintenance-windows/[id]": () => params("window"),
  }
}
