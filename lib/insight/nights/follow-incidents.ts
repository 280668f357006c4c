import type { Db } from "@/lib/base/db/transaction"
import { storesInMaintenance } from "@/lib/fleet/maintenance/read-windows"
import type { Reason } from "@/lib/insight/flags/schemas"
import { urgencyOf, type FlagKind, type IncidentRule } from "@/lib/insight/flags/words"
import type { IncidentClass } from "@/lib/insight/incidents/words"
import {
  closeEndedFlags,
  insertIncidentFlags,
  openIncidents,
  restateIncidentFlags,
  type IncidentFlag,
  type OpenIncident,
  type RestatedFlag,
} from "@/lib/insight/nights/incident-flags-sql"

type Shown = { rule: IncidentRule; kind: FlagKind }

/** Under which rule and kind an incident stands among the flags, so that the right person acts. */
const shown = {
  acquirer: { rule: "acquirer_down", kind: "system" },
  carrier: { rule: "carrier_down", kind: "system" },
  "store network": { rule: "store_line", kind: "system" },
  issuer: { rule: "issuer_down", kind: "issuer" },
  "card-testing": { rule: "card_testing", kind: "issuer" },
  firmware: { rule: "bad_release", kind: "system" },
  operator: { rule: "cashier_errors", kind: "training" },
} as const satisfies Record<Exclude<IncidentClass, "ingest">, Shown>
type ShownClass = keyof typeof shown
const classes = Object.keys(shown) as ShownClass[]

/**
 * Makes each open incident stand among the flags, once: its flag has the incident's newest numbers, and
 * closes with it. One that somebody has closed stays closed. During maintenance of its store none opens, and
 * an open one is muted.
 */
export async function followIncidents(
  db: Db,
  { orgId, at }: { orgId: string; at: Date },
): Promise<{ flagsOpened: number; flagsClosed: number }> {
  const closed = await closeEndedFlags(db, { orgId, at })
  const open = await openIncidents(db, { orgId, classes })
  const ids = open.flatMap((row) => row.store_id ?? [])
  const mutes =
    ids.length === 0 ? new Map<number, number>() : await storesInMaintenance(db, { orgId, ids, at })
  const [added, restated]: [IncidentFlag[], RestatedFlag[]] = [[], []]
  for (const row of open) {
    const { rule, kind } = shown[row.class as ShownClass]
    const reasons = [reasonOf(row, rule)]
    const until = mutes.get(row.store_id ?? 0)
    if (row.flag_id !== null) {
      if (row.is_flag_open)
        restated.push({ flag_id: row.flag_id, reasons, muted_until: until ? new Date(until) : null })
    } else if (until === undefined)
      added.push({
        incident_id: row.id,
        rule,
        kind,
        urgency: urgencyOf({ rule, kind }),
        subject: row.subject,
        store_id: row.store_id,
        since_at: row.opened_at,
        reasons,
      })
  }
  if (restated.length > 0) await restateIncidentFlags(db, { at, flags: restated })
  const opened = added.length > 0 ? await insertIncidentFlags(db, { orgId, at, flags: added }) : []
  return { flagsOpened: opened.length, flagsClosed: closed.length }
}

function reasonOf(row: OpenIncident, rule: IncidentRule): Reason {
  const { observed, expected, last_on: on } = row
  return { code: "incident", rule, who: whoOf(row), observed, expected, on }
}

function whoOf({ class: cls, value, acquirer, model, serial }: OpenIncident): string {
  if (cls === "firmware") return [model, value?.replace(":", " ")].filter(Boolean).join(", ")
  return (cls === "acquirer" ? acquirer : cls === "card-testing" ? serial : value) ?? ""
}
