// Apart from the schemas, so that screens can use them without loading zod.
import { isNightly, type FlagKind, type RuleName } from "@/lib/insight/flags/words"

/** What can be done to a terminal without a visit. */
export const remoteActions = ["restart", "sign_in", "reload_keys", "download_config"] as const
export type RemoteAction = (typeof remoteActions)[number]

/**
 * Asked for; taken by a bridge to the terminal management; and how it ended. One that nobody took in time has
 * expired, and so has one that was asked for again.
 */
export const remoteStates = ["asked", "taken", "helped", "did_not_help", "expired"] as const
export type RemoteState = (typeof remoteStates)[number]

/** What may help, the first choice first. The other rules need somebody on site. */
const helpful: Partial<Record<RuleName, readonly RemoteAction[]>> = {
  silent: ["restart"],
  flapping: ["restart"],
  self_check: ["restart"],
  communication: ["restart", "sign_in"],
  keys: ["reload_keys", "sign_in"],
  contactless_reader: ["restart"],
  pin_pad: ["reload_keys", "restart"],
  clock: ["sign_in", "restart"],
  clock_wrong: ["sign_in", "restart"],
  maintenance_mode: ["restart"],
  app_crashes: ["restart", "download_config"],
  slow_sales: ["restart", "download_config"],
  printer_fault: ["restart"],
  storage_full: ["restart"],
  release_behind: ["download_config"],
}

/** A tampered terminal is never repaired from afar. */
export const remoteFor = ({ rule, kind }: { rule: RuleName; kind: FlagKind }): readonly RemoteAction[] =>
  kind === "replacement" ? [] : (helpful[rule] ?? [])

const hourSeconds = 3600

const fewestBeats = 5

/**
 * How long an action has to help: some heartbeats, and at least an hour. What the nights find, they must find
 * gone.
 */
export const waitSeconds = (rule: RuleName, intervalSeconds: number): number =>
  Math.max(isNightly(rule) ? 4 * 24 * hourSeconds : hourSeconds, fewestBeats * intervalSeconds)
