// Apart from the schemas, so that screens can use them without loading zod.

/** Whose terminals a maintenance window is for. */
export const windowPlaces = ["organisation", "merchant", "region", "store", "terminal"] as const
export type WindowPlace = (typeof windowPlaces)[number]

export const windowStates = ["current", "past"] as const
