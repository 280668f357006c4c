import { oneOf } from "@/lib/base/one-of"
/** Parts of a store's day, by the hour at which they begin there. */
export const shifts = ["morning", "afternoon", "evening"] as const
export type Shift = (typeof shifts)[number]

/** Subcauses with a procedure of their own; others have that of the remedy. */
export const procedures = [
  "amount_over_limit",
  "cancelled_by_user",
  "card_presentation_timeout",
  "card_removed_early",
  "chip_read_error",
  "contactless_read_error",
  "contactless_torn",
  "duplicate_transaction",
  "fallback_refused_use_chip",
  "input_timeout",
  "invalid_amount",
  "multiple_cards_presented",
  "original_transaction_not_found",
  "pin_not_entered",
  "qr_code_invalid_or_expired",
  "settlement_required",
  "terminal_not_signed_in",
  "use_another_interface",
  "wrong_pin",
] as const
export type Procedure = (typeof procedures)[number]

export const procedureOf = (subcause: string): Procedure | null => oneOf(procedures, subcause)
