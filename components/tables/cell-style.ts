/** Long words break, but not the short ones of narrow columns, and no number. */
export const cellStyle = (align?: "right") =>
  ({ overflowWrap: align === "right" ? "normal" : "anywhere", minWidth: "5rem" }) as const

/** The head of a row: its words do not break, and it stays where the others scroll sideways. */
export const rowHeadStyle = {
  overflowWrap: "break-word",
  minWidth: "5rem",
  position: "sticky",
  left: 0,
  zIndex: 1,
  background: "var(--mantine-color-body)",
} as const
