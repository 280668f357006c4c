import { asWorker } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/insight/engine/terms/signals"
import type { NightlyRule } from "@/lib/insight/flags/words"
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

const componentOfRule = {
  communication: "communication",
  keys: "keys",
  chip_reader: "chip",
  contactless_reader: "contactless",
  magstripe_reader: "magstripe",
  pin_pad: "pinpad",
  clock: "clock",
  app_crashes: "app",
  slow_sales: "speed",
} as const satisfies Record<NightlyRule, Component>

const isNightly = (rule: string): rule is NightlyRule => rule in componentOfRule
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** All flags that opened, in order. */
export const flagLines = async (orgId: string): Promise<FlagLine[]> =>
  (await asWorker((db) => flagsOf(db, orgId))).map((row) => ({
    day: row.opened_at.toISOString().slice(0, 10),
    subject: row.serial ?? row.store ?? row.subject,
    kind: row.kind,
    rule: row.rule,
    component: isNightly(row.rule) ? componentOfRule[row.rule] : null,
    openedAt: row.opened_at.toISOString(),
    closedAt: iso(row.closed_at),
  }))

/** All incidents, in order. */
export const incidentLines = async (orgId: string): Promise<IncidentLine[]> =>
  (await asWorker((db) => incidentsOf(db, orgId))).map((row) => ({
    cls: row.class,
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
