/** Days as YYYY-MM-DD; null where nothing is known. */
export type EndDates = { purchaseEndOn: string | null; deployEndOn: string | null; useEndOn: string | null }

/** Of several approvals the earliest of each date: whoever ends first ends it. */
export const earliestDates = (approvals: readonly EndDates[]): EndDates => ({
  purchaseEndOn: earliest(approvals.map(({ purchaseEndOn }) => purchaseEndOn)),
  deployEndOn: earliest(approvals.map(({ deployEndOn }) => deployEndOn)),
  useEndOn: earliest(approvals.map(({ useEndOn }) => useEndOn)),
})

const earliest = (days: (string | null)[]): string | null =>
  days.filter((day) => day !== null).toSorted()[0] ?? null

/** Whether nobody has looked for more than a year. */
export const isCheckOverdue = (checkedOn: string, today: string): boolean =>
  `${Number(checkedOn.slice(0, 4)) + 1}${checkedOn.slice(4)}` < today
