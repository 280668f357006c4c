// Words apart from the schemas, so that a screen can use them without loading the validator.

export const userStates = ["invited", "active", "disabled"] as const
export type UserState = (typeof userStates)[number]
