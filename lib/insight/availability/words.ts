// Apart from the schemas, so that screens can use them without loading zod.

/** Hours with a sign of life, hours in which a sale could be made, and sales that a host decided. */
export const availabilities = ["hardware", "cardholder", "authorisation"] as const
export type AvailabilityName = (typeof availabilities)[number]

/** Why something was not available. Unknown is an outage of our own. */
export const lossCauses = ["device", "line", "site", "system", "unknown"] as const
export type LossCause = (typeof lossCauses)[number]

export type Losses = Record<LossCause, number>
export const sumOfLosses = (losses: Losses): number =>
  lossCauses.reduce((sum, cause) => sum + losses[cause], 0)
