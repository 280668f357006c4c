/** Long words break, but not the short ones and the numbers of narrow columns. */
export const cellStyle = { overflowWrap: "anywhere", minWidth: "5rem" } as const
