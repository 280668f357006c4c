import { z } from "zod"
import {
  calendarDay,
  cumulative,
  identifier,
  instant,
  measure,
  percent,
  shortText,
} from "@/lib/base/text/fields"

export const networkTypes = ["wifi", "ethernet", "5g", "4g", "3g", "2g", "other"] as const
export const printerStatuses = [
  "ok",
  "paper_low",
  "no_paper",
  "jam",
  "cover_open",
  "overheated",
  "out_of_order",
] as const
export type PrinterStatus = (typeof printerStatuses)[number]
export const eventKinds = [
  "sign_in",
  "key_load",
  "release_installed",
  "power_loss",
  "tamper",
  "maintenance_begin",
  "maintenance_end",
] as const

const smallInt = z.int().min(0).max(2_147_483_647)

/** What a terminal reports about itself. An absent field means "no such component" or "not measured". */
export const Heartbeat = z.object({
  terminal: identifier,
  at: instant,
  /** The terminal's own clock when sending; only from a terminal that sends directly. */
  sentAt: instant.optional(),
  model: shortText.optional(),
  serial: identifier.optional(),
  tid: identifier.optional(),
  store: shortText.optional(),
  intervalSeconds: smallInt.optional(),
  uptimeSeconds: cumulative.optional(),
  reboots: cumulative.optional(),
  batteryPct: percent.optional(),
  batteryHealthPct: percent.optional(),
  batteryCycles: smallInt.optional(),
  charging: z.boolean().optional(),
  temperatureC: measure.optional(),
  networkType: z.enum(networkTypes).optional(),
  signalDbm: measure.optional(),
  latencyMs: measure.optional(),
  networkErrors: cumulative.optional(),
  storageUsedPct: percent.optional(),
  memoryUsedPct: percent.optional(),
  cpuPct: percent.optional(),
  printerStatus: z.enum(printerStatuses).optional(),
  printerLines: cumulative.optional(),
  chipReads: cumulative.optional(),
  chipFailures: cumulative.optional(),
  tapReads: cumulative.optional(),
  tapFailures: cumulative.optional(),
  swipeReads: cumulative.optional(),
  swipeFailures: cumulative.optional(),
  pinpadOk: z.boolean().optional(),
  readerOk: z.boolean().optional(),
  securityOk: z.boolean().optional(),
  hostReachable: z.boolean().optional(),
  tamper: z.boolean().optional(),
  os: shortText.optional(),
  firmware: shortText.optional(),
  app: shortText.optional(),
  emvKernel: shortText.optional(),
  securityPatch: calendarDay.optional(),
  attempts: cumulative.optional(),
  approvals: cumulative.optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  events: z
    .array(z.object({ kind: z.enum(eventKinds), at: instant }))
    .max(100)
    .optional(),
})
export type Heartbeat = z.infer<typeof Heartbeat>
