/** Long words break, but not the short ones of narrow columns, and no number. */
export const cellStyle = (align?: "right") =>
  ({ overflowWrap: align === "right" ? "normal" : "anywhere", minWidth: "5rem" }) as const
