import { asWorker } from "@/lib/base/db/transaction"
import { components, type Component } from "@/lib/insight/engine/terms/signals"
import { isSilentStore } from "@/lib/insight/nights/keep-silent-stores"
import { ruleOf } from "@/lib/insight/nights/rule-of"
import { flagsOf, incidentsOf, type IncidentRow } from "@/lib/run/evaluation/folder/results-sql"
import type { Who } from "@/lib/run/evaluation/score-classes"

/** A line of `flags.ndjson`. */
export type FlagLine = {
  day: string
  /** A terminal's serial number, or a store's code. */
  subject: string
  kind: string
  rule: string
  component: Component | null
  openedAt: string
  closedAt: string | null
}
/** A line of `incidents.ndjson`. */
export type IncidentLine = {
  cls: string
  component?: string
  openedAt: string
  closedAt: string | null
} & Who

const componentOf = (rule: string): Component | null =>
  components.find((component) => ruleOf[component] === rule) ?? null
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** All flags that opened, in order, without those of incidents. */
export const flagLines = async (orgId: string): Promise<FlagLine[]> =>
  (await asWorker((db) => flagsOf(db, orgId))).map((row) => ({
    day: row.opened_at.toISOString().slice(0, 10),
    subject: row.serial ?? row.store ?? row.subject,
    kind: row.kind,
    rule: row.rule,
    component: componentOf(row.rule),
    openedAt: row.opened_at.toISOString(),
    closedAt: iso(row.closed_at),
  }))

/** All incidents, in order. */
export const incidentLines = async (orgId: string): Promise<IncidentLine[]> =>
  (await asWorker((db) => incidentsOf(db, orgId))).map((row) => ({
    // Nothing came of the store: it may be closed, which is no fault of its line.
    cls: isSilentStore(row.subject) ? "store silent" : row.class,
    ...whoOf(row),
    ...(row.component === null ? {} : { component: row.component }),
    openedAt: row.opened_at.toISOString(),
    closedAt: iso(row.closed_at),
  }))

function whoOf({ class: cls, store, serial, model, acquirer, value }: IncidentRow): Who {
  const text = value ?? ""
  switch (cls) {
    case "issuer":
      return { issuer: text }
    case "carrier":
      return { carrier: text }
    case "acquirer":
      return { acquirer: acquirer ?? text }
    case "store network":
      return { store: store ?? text }
    case "operator":
      return { store: store ?? "", operator: text }
    case "firmware":
      return { model: model ?? "", release: text }
    case "card-testing":
      return { terminal: serial ?? "" }
    default:
      return {}
  }
}
