export const causes = ["device", "card", "operator", "system", "unknown"] as const
/** Why a sale failed. */
export type Cause = (typeof causes)[number]

export const channels = ["issuer", "user", "tech", "chip", "contactless", "magstripe"] as const
/** Where a failure was felt. Observed and expected failures are compared by channel. */
export type Channel = (typeof channels)[number]

export const remedies = [
  "contact_issuer",
  "contact_acquirer",
  "update_software",
  "correct_operation",
  "train_staff",
  "wait_retry",
  "check_card",
  "clean",
  "repair_replace",
  "resign_in",
  "check_comms",
  "security_patch",
  "none",
] as const
