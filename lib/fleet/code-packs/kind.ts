import { channels } from "@/lib/fleet/code-packs/cause"
import { channelOf } from "@/lib/fleet/code-packs/channel"
import type { EntryMode } from "@/lib/fleet/code-packs/entry-mode"
import type { Subcause } from "@/lib/fleet/code-packs/subcauses"

/**
 * Groups of subcauses within channels. The table `subcause_channel` names them too, and the fold joins it.
 */
export const subkinds = ["keys", "pin", "expired"] as const
export type Subkind = (typeof subkinds)[number]

/**
 * Kinds of failed presentments that are counted against an expectation: the channels, and three groups of
 * subcauses within them. `keys` are failures of keys and MACs, `pin` refused or failed PINs, `expired` cards
 * that a terminal with a wrong clock refuses.
 */
export const kinds = [...channels, ...subkinds] as const
export type Kind = (typeof kinds)[number]

export const subcausesOf: Record<Subkind, readonly Subcause[]> = {
  keys: [
    "pin_block_or_pin_key_error",
    "mac_error_key_sync",
    "key_sync_error",
    "terminal_key_missing_or_bad",
    "dukpt_exhausted",
    "track_decryption_failed",
  ],
  pin: [
    "wrong_pin",
    "wrong_pin_or_card_data",
    "pin_input_abnormal",
    "pin_length_error",
    "pinpad_failure",
    "pinpad_communication_failure",
    "cardholder_verification_failed",
  ],
  expired: ["expired_card", "expiry_data_wrong", "card_not_yet_effective", "clock_error"],
}

/** The kinds in which a failed presentment counts: its channel, and groups of subcauses. */
export function kindsOf(subcause: Subcause, entryMode: EntryMode | null): Kind[] {
  const channel = channelOf(subcause, entryMode)
  if (channel === null) return []
  return [channel, ...subkinds.filter((name) => subcausesOf[name].includes(subcause))]
}
