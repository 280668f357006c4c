import type { Seconds } from "@/lib/run/evaluation/folder/play-folder"
import type { Sent } from "@/lib/run/evaluation/folder/send-file"

/** How many records there were, whatever became of them. */
export const countOf = ({ accepted, duplicates, rejected }: Sent): number =>
  Object.values(rejected).reduce((sum, count) => sum + count, accepted + duplicates)

export function sentText(sent: Sent): string {
  const refused = Object.entries(sent.rejected).map(([code, count]) => `${count} ${code}`)
  return [
    `${countOf(sent)} records`,
    ...(sent.duplicates > 0 ? [`${sent.duplicates} sent before`] : []),
    ...(refused.length > 0 ? [`refused: ${refused.join(", ")}`] : []),
  ].join(", ")
}

/** Shorter times would be shown as 0.0. */
const shortestSeconds = 0.05

/** Where the time went, the longest first. */
export const timeText = (seconds: Seconds): string =>
  Object.entries(seconds)
    .filter(([, taken]) => taken >= shortestSeconds)
    .toSorted(([, a], [, b]) => b - a)
    .map(([step, taken]) => `${step} ${taken.toFixed(1)} s`)
    .join(", ")

const number = (value: number | null | undefined, digits = 2) =>
  value === null || value === undefined ? "–" : value.toFixed(digits)

type Figures = {
  precision: number | null
  recall: number | null
  falsePerThousandWeeks: number | null
  medianDelayDays: number | null
}
type Summed = {
  badLines: Record<string, number>
  counts: Record<string, number>
  flags: Figures | null
  incidents: { macroF1: number | null } | null
  verdicts: { macroF1: number; right: number | null } | null
}

/** The main figures, as sentences. */
export function summaryOf({ badLines, counts, flags, incidents, verdicts }: Summed): string[] {
  return [
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(", "),
    ...Object.entries(badLines)
      .filter(([, count]) => count > 0)
      .map(([file, count]) => `${count} lines of ${file}.ndjson do not fit and are left out`),
    ...(flags
      ? [
          `flags: precision ${number(flags.precision)}, recall ${number(flags.recall)}, ` +
            `${number(flags.falsePerThousandWeeks)} false ones per 1,000 healthy terminal-weeks, ` +
            `median delay ${number(flags.medianDelayDays, 1)} days`,
        ]
      : []),
    ...(incidents ? [`incidents: macro F1 ${number(incidents.macroF1)}`] : []),
    ...(verdicts ? [`verdicts: macro F1 ${number(verdicts.macroF1)}, right ${number(verdicts.right)}`] : []),
  ]
}
