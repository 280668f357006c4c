/**
 * The most that a counter usually counts in a day. Counters have single days on which they run away, on
 * healthy terminals too: one worn card is tried again and again. Such a day is a bad one and no more.
 */
export const usualMost = (mean: number, size: number): number =>
  mean + 3 * Math.sqrt(mean + (mean * mean) / size) + 1
