import type { Learnt } from "@/lib/insight/verdicts/learn-ratios"

/** The shipped ratios beside the learnt ones, as Markdown. */
export const ratiosTable = (learnt: readonly Learnt[]): string =>
  [
    "| evidence | cause | shipped | learnt | sales |",
    "| --- | --- | --- | --- | --- |",
    ...learnt.map(
      ({ code, cause, shipped, learnt: ratio, seen }) =>
        `| ${code} | ${cause} | ${shipped} | ${Number(ratio.toPrecision(2))} | ${seen} |`,
    ),
  ].join("\n")
