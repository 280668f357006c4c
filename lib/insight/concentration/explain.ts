import { followed, type Followed } from "@/lib/insight/concentration/words"

export type Counted = { value: string; failures: number; sales: number }
/** `failures` are all of a dimension, whatever their value. */
export type Divided = { failures: number; values: readonly Counted[] }
export type Sums = { sales: number; by: Partial<Record<Followed, Divided>> }

export type Explained = Counted & { expected: number; score: number }
export type Candidate = Explained & { dimension: Followed; share: number }

const timesLog = (count: number, ratio: number) => (count === 0 ? 0 : count * Math.log(ratio))

/**
 * How much likelier the failures are if one value has a rate of its own than if all have the same: the
 * logarithm of the likelihood ratio of Kulldorff (1997), A spatial scan statistic, Communications in
 * Statistics 26, 1481–1496. Zero where the value fails no more than expected.
 */
export function logRatio(failures: number, expected: number, all: number): number {
  if (failures <= expected || expected <= 0 || expected >= all) return 0
  return (
    timesLog(failures, failures / expected) + timesLog(all - failures, (all - failures) / (all - expected))
  )
}

/**
 * What an explanation must outweigh: the dimension, the value within it by its share of all sales (of a
 * thousand cards each is as unlikely to be to blame as one in a thousand), and its own rate (half the
 * logarithm of the number of failures: Schwarz 1978, Estimating the dimension of a model).
 */
const penaltyOf = (share: number, all: number): number =>
  Math.log(followed.length) - Math.log(share) + Math.log(Math.max(1, all)) / 2

const explainedOf = (of: Counted, all: number, sales: number): Explained => {
  const share = Math.min(1, of.sales / sales)
  const expected = all * share
  return { ...of, expected, score: logRatio(of.failures, expected, all) - penaltyOf(share, all) }
}

const failsMore = ({ failures, expected }: Explained): number => Number(failures > expected)

/** The values of each dimension with what they were expected to fail, the best explanation first. */
export const explainedBy = ({ sales, by }: Sums): Partial<Record<Followed, Explained[]>> =>
  Object.fromEntries(
    Object.entries(by).map(([dimension, { failures, values }]) => [
      dimension,
      values
        .filter((value) => value.sales > 0)
        .map((value) => explainedOf(value, failures, sales))
        .toSorted((a, b) => failsMore(b) - failsMore(a) || b.score - a.score),
    ]),
  )

/**
 * The best explanation of each dimension that outweighs its penalty, the best first, with its share of the
 * likelihood of them all and of no explanation.
 */
export function bestOf(explained: Partial<Record<Followed, Explained[]>>): Candidate[] {
  const best = followed.flatMap((dimension) => {
    const [first] = explained[dimension] ?? []
    return first && first.score > 0 ? [{ ...first, dimension }] : []
  })
  const most = Math.max(0, ...best.map(({ score }) => score))
  const weight = (score: number) => Math.exp(score - most)
  const all = best.reduce((sum, { score }) => sum + weight(score), weight(0))
  return best.map((one) => ({ ...one, share: weight(one.score) / all })).toSorted((a, b) => b.score - a.score)
}
