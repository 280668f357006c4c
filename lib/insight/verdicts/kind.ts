import { channelOf } from "@/lib/fleet/code-packs/channel"
import type { EntryMode } from "@/lib/fleet/code-packs/entry-mode"
import { subcausesOf } from "@/lib/fleet/code-packs/kind"
import { channelOfSubcause, type Subcause } from "@/lib/fleet/code-packs/subcauses"

/**
 * What a failed sale says went wrong. Failures of one kind are compared with each other: how often they
 * happen at the terminal, to the operator, with the issuer.
 */
export const failureKinds = [
  "chip",
  "contactless",
  "magstripe",
  "pin",
  "keys",
  "expired",
  "line",
  "host",
  "setup",
  "format",
  "hardware",
  "user",
  "issuer",
  "unknown",
] as const
export type FailureKind = (typeof failureKinds)[number]

export const readKinds = ["chip", "contactless", "magstripe"] as const satisfies readonly FailureKind[]

export const isRead = (kind: FailureKind): kind is (typeof readKinds)[number] =>
  readKinds.some((one) => one === kind)

type Named = Exclude<FailureKind, (typeof readKinds)[number] | "host" | "user" | "issuer">

/** Groups within the channels. A subcause that is in none has the kind of its channel; tech is the host. */
const groups: Record<Named, readonly Subcause[]> = {
  pin: [
    "wrong_pin",
    "wrong_pin_or_card_data",
    "pin_input_abnormal",
    "pin_length_error",
    "pin_not_entered",
    "cardholder_verification_failed",
  ],
  keys: [...subcausesOf.keys, "security_violation", "certificate_or_signature_error"],
  expired: subcausesOf.expired,
  line: [
    "communication_failure",
    "communication_port_error",
    "communication_timeout",
    "host_address_or_connect_failure",
    "no_network",
    "unable_to_go_online",
  ],
  setup: [
    "batch_number_mismatch",
    "channel_not_configured",
    "communication_parameters_missing",
    "configuration_file_error",
    "emv_file_error",
    "emv_parameters_missing",
    "line_binding_mismatch",
    "merchant_disabled_or_risk",
    "merchant_not_registered",
    "not_permitted_to_terminal",
    "parameters_missing_or_stale",
    "session_expired",
    "terminal_blocked_by_host",
    "terminal_not_registered",
    "terminal_not_signed_in",
  ],
  format: [
    "emv_kernel_error",
    "integration_or_api_error",
    "message_build_error",
    "message_format_error",
    "message_out_of_sequence",
    "message_parse_error",
    "response_field_mismatch",
    "software_update_failed",
    "software_version_unsupported",
    "terminal_software_error",
  ],
  hardware: [
    "barcode_scanner_failure",
    "device_busy",
    "device_hardware_failure",
    "font_library_missing",
    "journal_write_error",
    "low_battery_or_power",
    "os_permission_or_setting",
    "peripheral_missing_or_disconnected",
    "pinpad_communication_failure",
    "pinpad_failure",
    "printer_busy",
    "printer_cartridge",
    "printer_cover_open",
    "printer_failure",
    "printer_out_of_paper",
    "printer_overheated",
    "printer_paper_jam",
    "receipt_generation_failed",
    "reversal_file_error",
    "storage_full",
    "storage_write_error",
    "tamper_detected",
  ],
  unknown: ["unmapped", "unspecified", "generic_error"],
}

const grouped = new Map<Subcause, FailureKind>(
  Object.entries(groups).flatMap(([kind, subcauses]) =>
    subcauses.map((subcause): [Subcause, FailureKind] => [subcause, kind as Named]),
  ),
)

/** The kind of a subcause; `read` becomes chip, contactless or magstripe by the entry mode. */
export function kindOfSubcause(subcause: Subcause): FailureKind | "read" {
  const kind = grouped.get(subcause)
  if (kind) return kind
  const channel = channelOfSubcause[subcause]
  return channel === "tech" ? "host" : channel
}

export function kindOf(subcause: Subcause, entryMode: EntryMode | null): FailureKind {
  const kind = kindOfSubcause(subcause)
  if (kind !== "read") return kind
  const channel = channelOf(subcause, entryMode)
  return channel === null || channel === "tech" ? "user" : channel
}
