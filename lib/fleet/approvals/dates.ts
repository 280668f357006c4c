/** Days as YYYY-MM-DD, null if unknown. */
export type EndDates = { purchaseEndOn: string | null; deployEndOn: string | null; useEndOn: string | null }

/** The earliest date of each kind among several approvals. */
export const earliestDates = (approvals: readonly EndDates[]): EndDates => ({
  purchaseEndOn: earliest(approvals.map(({ purchaseEndOn }) => purchaseEndOn)),
  deployEndOn: earliest(approvals.map(({ deployEndOn }) => deployEndOn)),
  useEndOn: earliest(approvals.map(({ useEndOn }) => useEndOn)),
})

const earliest = (days: (string | null)[]): string | null =>
  days.filter((day) => day !== null).toSorted()[0] ?? null

/** Whether the last check is more than a year ago. */
export const isCheckOverdue = (checkedOn: string, today: string): boolean =>
  `${Number(checkedOn.slice(0, 4)) + 1}${checkedOn.slice(4)}` < today
