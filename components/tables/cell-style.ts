/** Long words break, but not the short ones of narrow columns, and no number. */
export const cellStyle = (align?: "right") =>
  ({ overflowWrap: align === "right" ? "normal" : "anywhere", minWidth: "5rem" }) as const

/** The head of a row: its words break only where they are wider than the table. */
export const rowHeadStyle = { overflowWrap: "break-word", minWidth: "5rem" } as const
