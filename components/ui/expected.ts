import type { useFormatter } from "next-intl"

/** An expected count. It always has one decimal, so that the numbers of a column align. */
export const expectedText = (
  format: Pick<ReturnType<typeof useFormatter>, "number">,
  count: number,
): string => format.number(count, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
