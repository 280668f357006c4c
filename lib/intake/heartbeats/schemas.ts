import { z } from "zod"
import { calendarDay, calendarInstant, cumulative, instant, percent, shortText } from "@/lib/base/text/fields"
import { coordinateSystems } from "@/lib/fleet/stores/words"
import { terminalModes } from "@/lib/fleet/terminals/words"
import { terminalName } from "@/lib/intake/ingest/terminal-name"

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

const whole = (least: number, most: number) => z.int().min(least).max(most)
const between = (least: number, most: number) => z.number().min(least).max(most)
const daySeconds = 86_400

/**
 * What a terminal reports about itself. An absent field means "no such component" or "not measured". The
 * bounds are physical: a value outside them is an error of the sender.
 */
export const Heartbeat = z.object({
  terminal: terminalName,
  at: instant,
  /** The terminal's own clock when it sends. Only for terminals that send directly. */
  sentAt: instant.optional(),
  model: shortText.optional(),
  serial: terminalName.optional(),
  tid: terminalName.optional(),
  store: shortText.optional(),
  intervalSeconds: whole(1, 31 * daySeconds).optional(),
  uptimeSeconds: cumulative.optional(),
  reboots: cumulative.optional(),
  batteryPct: percent.optional(),
  batteryHealthPct: percent.optional(),
  batteryCycles: whole(0, 100_000).optional(),
  charging: z.boolean().optional(),
  temperatureC: between(-60, 150).optional(),
  networkType: z.enum(networkTypes).optional(),
  signalDbm: between(-150, 0).optional(),
  latencyMs: between(0, 3_600_000).optional(),
  networkErrors: cumulative.optional(),
  carrier: shortText.optional(),
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
  mode: z.enum(terminalModes).optional(),
  os: shortText.optional(),
  firmware: shortText.optional(),
  app: shortText.optional(),
  appCrashes: cumulative.optional(),
  emvKernel: shortText.optional(),
  securityPatch: calendarDay.optional(),
  attempts: cumulative.optional(),
  approvals: cumulative.optional(),
  /** Sales that are stored in the terminal and not sent yet. */
  offlineSales: whole(0, 10_000_000).optional(),
  /** Minor units of the terminal's currency. */
  offlineAmountMinor: z.int().optional(),
  offlineOldestAt: calendarInstant.optional(),
  /** When the batch that is not settled yet was opened. */
  batchOpenedAt: calendarInstant.optional(),
  lat: between(-90, 90).optional(),
  lon: between(-180, 180).optional(),
  positionAccuracyM: between(0, 1_000_000).optional(),
  /** If absent: wgs84. */
  coordinates: z.enum(coordinateSystems).optional(),
  events: z
    .array(z.object({ kind: z.enum(eventKinds), at: calendarInstant }))
    .max(100)
    .optional(),
})
export type Heartbeat = z.infer<typeof Heartbeat>
