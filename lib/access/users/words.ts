// Not in schemas.ts, so that a screen can use it without loading zod.

export const userStates = ["invited", "active", "disabled"] as const
export type UserState = (typeof userStates)[number]
