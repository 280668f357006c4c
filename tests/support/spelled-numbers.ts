/** A card number of nineteen digits, which a double rounds. */
export const longPan = "4000001234567890124"

/** The same number as JSON numbers. */
export const spelledNumbers = [
  longPan,
  `-${longPan}`,
  `${longPan}.0`,
  `${longPan}e0`,
  `${longPan}0e-1`,
  `${longPan.slice(0, 18)}.${longPan.slice(18)}E1`,
  `${longPan.slice(0, 5)}.${longPan.slice(5)}e+14`,
  `${longPan.slice(0, 1)}.${longPan.slice(1)}e18`,
]
