export type Figures = Record<string, string | number | null>

const shown = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return "–"
  if (typeof value === "string" || Number.isInteger(value)) return String(value)
  return value.toPrecision(3)
}

/** Rows with the same names as a Markdown table. */
export function tableOf(rows: readonly Figures[]): string {
  const names = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  return [
    line(names),
    line(names.map(() => "---")),
    ...rows.map((row) => line(names.map((name) => shown(row[name])))),
  ].join("\n")
}
