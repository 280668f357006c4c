// Words apart from the schemas, so that a screen can use them without loading the validator.

export const terminalStatuses = ["pending", "active", "spare", "in_repair", "retired"] as const
export type TerminalStatus = (typeof terminalStatuses)[number]

export const onlineStates = ["online", "late", "suspect", "offline", "unknown"] as const
export type OnlineState = (typeof onlineStates)[number]

export const terminalSorts = ["serial", "store", "lastBeat", "rate", "flags", "clock"] as const
export type TerminalSort = (typeof terminalSorts)[number]

/** Labels that are printed at once. */
export const mostOnSheet = 500
