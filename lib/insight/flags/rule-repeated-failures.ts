import type { Rule } from "@/lib/insight/flags/rule"

/** So many confirmed failures in so many days ask whether the terminal is worth its visits. */
const failuresToReview = 3
export const reviewedDays = 180

/** The terminal failed again and again. */
export const repeatedFailures: Rule = {
  name: "repeated_failures",
  evaluate: ({ recentFailures }, { clock }) =>
    recentFailures < failuresToReview
      ? null
      : {
          kind: "replacement",
          observedAt: clock.now,
          dueAt: null,
          reasons: [{ code: "repeated_failures", failures: recentFailures, days: reviewedDays }],
        },
}
