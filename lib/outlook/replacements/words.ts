// Apart from the schemas, so that screens can use them without loading zod.

/** Why a terminal is to be replaced: its use ends, or keeping it costs more than a new one. */
export const whys = ["use_end", "cost"] as const
export type Why = (typeof whys)[number]

/** What expires. */
export const expiries = ["purchase_end", "deploy_end", "use_end", "support_end", "warranty_end"] as const
export type Expiry = (typeof expiries)[number]
