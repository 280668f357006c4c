const dayMs = 24 * 3_600_000
/** Older heartbeats do not show that a terminal has recovered. */
const longestAgoMs = 2 * dayMs
const normalIntervals = 3

type Beats = { beats: readonly Date[]; intervalSeconds: number; now: number }

/** How many of the gaps between heartbeats, in order, are not much longer than the terminal's interval. */
export function normalGaps({ beats, intervalSeconds, now }: Beats): number {
  const recent = beats.map((at) => at.getTime()).filter((at) => at > now - longestAgoMs)
  const gaps = recent.slice(1).map((at, i) => at - (recent[i] ?? at))
  return gaps.filter((gap) => gap <= normalIntervals * intervalSeconds * 1000).length
}
