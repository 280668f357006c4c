/** What was seen around a failed sale, without the sale itself, and what is usual. */
export type Against = { observed: number; expected: number }

export const noneSeen: Against = { observed: 0, expected: 0 }

export const plus = (a: Against, b: Against): Against => ({
  observed: a.observed + b.observed,
  expected: a.expected + b.expected,
})

// Large multiples are seldom.
const multiples = [2, 4, 8, 16, 32, 64, 128]
const total = multiples.reduce((sum, multiple) => sum + 1 / Math.sqrt(multiple), 0)
const alternatives = multiples.map((multiple) => ({ multiple, share: 1 / Math.sqrt(multiple) / total }))
const meanExcess = alternatives.reduce((sum, { multiple, share }) => sum + share * (multiple - 1), 0)

const tiny = 1e-9

/** The logarithm of a negative binomial probability, without what does not depend on the mean. */
const logLikelihood = ({ observed, expected }: Against, size: number): number =>
  expected < tiny
    ? 0
    : observed * Math.log(expected / (size + expected)) - size * Math.log(1 + expected / size)

/**
 * By how much failures come more often than usual, as a multiple of the usual rate, from 0 on: the mean over
 * all that may be wrong, weighed by how well it explains what was seen. `chance` is how often something is
 * wrong at all, and `size` how alike healthy ones are: the larger, the more.
 */
export function excessOf(seen: Against, { chance, size }: { chance: number; size: number }): number {
  const usual = logLikelihood(seen, size)
  let [sum, weights] = [0, 1 - chance]
  for (const { multiple, share } of alternatives) {
    const worse = { observed: seen.observed, expected: seen.expected * multiple }
    const weight = chance * share * Math.exp(Math.min(600, logLikelihood(worse, size) - usual))
    sum += weight * (multiple - 1)
    weights += weight
  }
  // The usual shares of causes hold what is wrong on average.
  return Math.max(0, sum / weights - chance * meanExcess)
}

/** How well a multiple of the usual rate explains what was seen, as a likelihood ratio. */
export const supportOf = (seen: Against, multiple: number, size: number): number =>
  Math.exp(
    Math.max(
      -7,
      Math.min(
        7,
        logLikelihood({ ...seen, expected: seen.expected * multiple }, size) - logLikelihood(seen, size),
      ),
    ),
  )
