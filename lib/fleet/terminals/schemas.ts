import { z } from "zod"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { searched, storable, writtenCursor, writtenId, writtenIds } from "@/lib/base/text/fields"
import { isZone } from "@/lib/base/time/zone"
import { components } from "@/lib/fleet/catalogue/components"
import { OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { coordinateSystems } from "@/lib/fleet/stores/words"
import { longestLabel, mostLabels } from "@/lib/fleet/terminals/labels"
import {
  mostOnSheet,
  onlineStates,
  terminalLacks,
  terminalModes,
  terminalSorts,
  terminalStatuses,
  warrantyStates,
} from "@/lib/fleet/terminals/words"

const text = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(storable, { error: "holds characters that cannot be stored" })

/** A mistyped year is refused. */
export const PurchaseDay = z.iso
  .date()
  .refine((day) => day >= "1980-01-01" && day < "2200-01-01", { error: "a day from 1980 to 2199" })

/** One terminal's master data. Missing fields stay as they are. */
export const TerminalEntry = z.object({
  serial: text.max(64),
  tid: text.max(64).optional(),
  acquirer: text.max(64).optional(),
  model: text.max(64).optional(),
  status: z.enum(terminalStatuses).optional(),
  merchant: text.optional(),
  region: text.optional(),
  store: text.max(64).optional(),
  storeName: text.optional(),
  timeZone: z.string().refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }).optional(),
  address: text.optional(),
  openingHours: OpeningHours.optional(),
  /** The complete list: labels that it leaves out are removed. */
  labels: z.array(text.max(longestLabel)).max(mostLabels).optional(),
  supplier: text.optional(),
  boughtOn: PurchaseDay.optional(),
  warrantyUntil: PurchaseDay.optional(),
})
export type TerminalEntry = z.infer<typeof TerminalEntry>

export const TerminalId = z.strictObject({ id: writtenId })

/** Filters of the list, its export and bulk changes. */
export const TerminalFilter = z.strictObject({
  q: searched(64).optional(),
  state: z.enum(onlineStates).optional(),
  status: z.enum(terminalStatuses).optional(),
  merchant: writtenId.optional(),
  region: writtenId.optional(),
  store: writtenId.optional(),
  model: writtenId.optional(),
  /** Only active terminals of which a release policy requires a newer version of this component. */
  behind: z.enum(components).optional(),
  supplier: writtenId.optional(),
  flagged: z.enum(["true"]).optional(),
  /** Only terminals whose clock is wrong. */
  clock: z.enum(["wrong"]).optional(),
  /** Only terminals of which a counter was reset in the last seven days. */
  counters: z.enum(["reset"]).optional(),
  label: text.max(longestLabel).optional(),
  /**
   * Only terminals whose serial number differs from another's by case, blanks and dashes only. They may be
   * one device.
   */
  alike: z.enum(["true"]).optional(),
  /**
   * Only terminals whose serial number or TID is one of the organisation's placeholders. Their records are
   * refused.
   */
  placeholder: z.enum(["true"]).optional(),
  warranty: z.enum(warrantyStates).optional(),
  lacks: z.enum(terminalLacks).optional(),
})
export type TerminalFilter = z.infer<typeof TerminalFilter>

export const TerminalQuery = TerminalFilter.extend({
  sort: z.enum(terminalSorts).default("serial"),
  order: z.enum(["asc", "desc"]).default("asc"),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type TerminalQuery = z.infer<typeof TerminalQuery>

export const TerminalExportQuery = TerminalQuery.omit({ cursor: true, limit: true }).extend({
  format: z.enum(["csv", "xlsx"]),
})
export type TerminalExportQuery = z.infer<typeof TerminalExportQuery>

/** Terminals for a sheet of QR labels, by id or by filter. */
export const LabelQuery = TerminalFilter.extend({
  ids: writtenIds(mostOnSheet).optional(),
})
export type LabelQuery = z.infer<typeof LabelQuery>

const Named = z.object({ id: z.number(), name: z.string() })

export const TerminalRow = z.object({
  id: z.number(),
  serial: z.string(),
  tid: z.string().nullable(),
  status: z.enum(terminalStatuses),
  onlineState: z.enum(onlineStates),
  /** Whether it is in service and a maintenance window goes on, during which silence does not count. */
  isInMaintenance: z.boolean(),
  lastBeatAt: z.string().nullable(),
  model: z.string().nullable(),
  supplier: z.string().nullable(),
  warrantyUntil: z.string().nullable(),
  isWarrantyOver: z.boolean(),
  store: Named,
  merchant: z.string().nullable(),
  app: z.string().nullable(),
  openFlags: z.number(),
  /** The correction of its times. Positive if its clock is slow. */
  clockOffsetMs: z.number(),
  labels: z.array(z.string()),
  /** Presentments and failures of the last seven store-local days. */
  attempts: z.number(),
  failures: z.number(),
})
export type TerminalRow = z.infer<typeof TerminalRow>

export const TerminalPage = z.object({
  data: z.array(TerminalRow),
  ...pageLinks,
  ...pageTotal,
  /** When failure rates were last ranked, for an order by rate. Null if they are not ranked yet. */
  asOf: z.string().nullable(),
})
export type TerminalPage = z.infer<typeof TerminalPage>

export const TerminalFacets = z.object({
  merchants: z.array(Named),
  stores: z.array(Named),
  models: z.array(Named),
  acquirers: z.array(Named),
  suppliers: z.array(Named),
  labels: z.array(z.string()),
})
export type TerminalFacets = z.infer<typeof TerminalFacets>

/** A store, status or TID with its start, and who assigned it and why, if a person did. */
const Assignment = z.object({
  kind: z.enum(["store", "status", "tid"]),
  value: z.string(),
  fromAt: z.string(),
  toAt: z.string().nullable(),
  byName: z.string().nullable(),
  note: z.string().nullable(),
})

/** One terminal. Null measurements were never sent. */
const OtherTerminal = z.object({ id: z.number(), serial: z.string() })

export const Terminal = z.object({
  id: z.number(),
  serial: z.string(),
  tid: z.string().nullable(),
  status: z.enum(terminalStatuses),
  model: z.string().nullable(),
  codeSystem: z.string().nullable(),
  labels: z.array(z.string()),
  supplier: Named.nullable(),
  boughtOn: z.string().nullable(),
  warrantyUntil: z.string().nullable(),
  /** Whether the end of the warranty is computed from the supplier's months or entered. */
  warrantyBasis: z.enum(["computed", "entered"]).nullable(),
  /** By today's date in the store's zone. */
  isWarrantyOver: z.boolean(),
  /** The address that its QR label holds and that opens its help page. Null if it has none. */
  helpLink: z.string().nullable(),
  tids: z.array(z.object({ tid: z.string(), acquirer: Named.nullable() })),
  store: Named.extend({
    code: z.string(),
    timeZone: z.string(),
    address: z.string().nullable(),
    hasHours: z.boolean(),
  }),
  merchant: z.string().nullable(),
  onlineState: z.enum(onlineStates),
  onlineStateSince: z.string().nullable(),
  lastBeatAt: z.string().nullable(),
  lastSaleAt: z.string().nullable(),
  learntIntervalSeconds: z.number().nullable(),
  clockOffsetMs: z.number(),
  isClockKnown: z.boolean(),
  measurements: z.object({
    batteryPct: z.number().nullable(),
    batteryHealthPct: z.number().nullable(),
    charging: z.boolean().nullable(),
    temperatureC: z.number().nullable(),
    networkType: z.string().nullable(),
    carrier: z.string().nullable(),
    signalDbm: z.number().nullable(),
    latencyMs: z.number().nullable(),
    storageUsedPct: z.number().nullable(),
    printerStatus: z.string().nullable(),
  }),
  checks: z.object({
    pinpad: z.boolean().nullable(),
    reader: z.boolean().nullable(),
    security: z.boolean().nullable(),
    host: z.boolean().nullable(),
    tamper: z.boolean().nullable(),
  }),
  releases: z.object({
    os: z.string().nullable(),
    firmware: z.string().nullable(),
    app: z.string().nullable(),
    emvKernel: z.string().nullable(),
    securityPatch: z.string().nullable(),
  }),
  mode: z.enum(terminalModes).nullable(),
  /** When the batch that is not settled yet was opened. */
  batchOpenedAt: z.string().nullable(),
  /** Sales that the terminal has stored and not sent, from the newest heartbeat that counts them. */
  offline: z
    .object({
      sales: z.number(),
      amountMinor: z.number().nullable(),
      /** The currency of the terminal's newest sale. */
      currency: z.string().nullable(),
      oldestAt: z.string().nullable(),
      /** When the oldest must have reached the acquirer. Null if none waits, or nobody says how old it is. */
      sendBy: z.string().nullable(),
    })
    .nullable(),
  /**
   * Other terminals whose serial number differs by case, blanks and dashes only. They may be the same
   * device.
   */
  alike: z.array(OtherTerminal),
  /** The terminal that this one was merged into. Its names lead there, and its records were moved. */
  mergedInto: OtherTerminal.nullable(),
  /** The terminals that were merged into this one. */
  merged: z.array(OtherTerminal),
  /** The position from the newest heartbeat that has one. */
  position: z
    .object({
      at: z.string(),
      lat: z.number(),
      lon: z.number(),
      accuracyM: z.number().nullable(),
      coordinates: z.enum(coordinateSystems),
    })
    .nullable(),
  history: z.array(Assignment),
})
export type Terminal = z.infer<typeof Terminal>

export const TrendQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(7) })

export const Trend = z.object({
  from: z.string(),
  to: z.string(),
  hours: z.array(
    z.object({
      at: z.string(),
      beats: z.number(),
      batteryMinPct: z.number().nullable(),
      temperatureMaxC: z.number().nullable(),
      signalAvgDbm: z.number().nullable(),
      latencyAvgMs: z.number().nullable(),
      storageMaxPct: z.number().nullable(),
      /** How fast its clock was. Null if it was right all the time. */
      clockFastMinutes: z.number().nullable(),
    }),
  ),
})
export type Trend = z.infer<typeof Trend>
