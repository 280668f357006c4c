import type { Span } from "@/lib/fleet/stores/opening-hours"

const hourMs = 3_600_000

/** The whole hours within spans, counted from 1970. Where spans overlap, an hour comes more than once. */
export const wholeHours = (spans: readonly Span[]): number[] =>
  spans.flatMap(({ from, to }) => {
    const [first, last] = [Math.ceil(from / hourMs), Math.floor(to / hourMs)]
    return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i)
  })
