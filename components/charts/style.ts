// The style of all charts.

/** A day without its year. */
export const dayStyle = { month: "short", day: "numeric" } as const
export const hourStyle = { ...dayStyle, hour: "2-digit", minute: "2-digit" } as const

export const chartMargin = { top: 4, right: 8, bottom: 0, left: -8 }

export const axisStyle = {
  tick: { fontSize: 12, fill: "var(--mantine-color-dimmed)" },
  tickLine: false,
  axisLine: false,
}

/** The name of an axis. */
export const axisName = (value: string) => ({ value, fontSize: 12, fill: "var(--mantine-color-dimmed)" })

/** The names are in the colour of text: those of causes are too pale to read. */
export const legendStyle = {
  itemSorter: null,
  iconSize: 10,
  wrapperStyle: { fontSize: 12 },
  labelStyle: { color: "var(--mantine-color-text)" },
} as const

export const gridColor = "var(--mantine-color-default-border)"

export const tooltipStyle = {
  background: "var(--mantine-color-body)",
  borderColor: "var(--mantine-color-default-border)",
  borderRadius: 8,
}
