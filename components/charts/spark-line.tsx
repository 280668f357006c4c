import { sparkLines, type SparkDay } from "@/components/charts/prepare/spark-line"

const [width, height, margin] = [96, 22, 2]

/** Daily values in a cell of a table. */
export function SparkLine({ days, name }: { days: readonly SparkDay[]; name: string }) {
  return (
    <svg
      role="img"
      aria-label={name}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={{ verticalAlign: "middle" }}
    >
      <g
        transform={`translate(${margin} ${margin}) scale(${width - 2 * margin} ${height - 2 * margin})`}
        fill="none"
        stroke="var(--mantine-color-anchor)"
        strokeLinecap="round"
      >
        {sparkLines(days).map((points) => (
          <polyline key={points} points={points} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
        ))}
      </g>
    </svg>
  )
}
