/**
 * The point of Student's t distribution where the normal one has its point z, by the first two terms of its
 * expansion (Abramowitz and Stegun, 26.7.5).
 */
export const studentT = (freedom: number, z: number): number =>
  z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
