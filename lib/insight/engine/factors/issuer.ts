import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Count, IssuerSums } from "@/lib/insight/engine/terms/input"
import { weights } from "@/lib/insight/engine/terms/settings"

/** How many times as often an issuer's cards failed on a day, at all terminals together. */
export type IssuerFactor = {
  issuer: string
  day: number
  issuerKind: number
  tech: number
  observed: number
  expected: number
  p: number
  stores: number
}

const size = 30
const rare = 1e-6
const leastFactor = 1.5
const fewestStores = 2
/** Outside of this range, terminals' expectations are corrected. */
const usual: [number, number] = [0.75, 1.33]

const add = (counts: readonly Count[]): Count =>
  counts.reduce(
    (sum, { observed, expected }) => ({
      observed: sum.observed + observed,
      expected: sum.expected + expected,
    }),
    { observed: 0, expected: 0 },
  )

const shrunk = ({ observed, expected }: Count) => (weights.issuer + observed) / (weights.issuer + expected)

/** By issuer and day. Acquirers with an outage of their own are left out. */
export function issuerFactors(
  sums: readonly IssuerSums[],
  isLeftOut: (acquirer: string, day: number) => boolean = () => false,
): IssuerFactor[] {
  const counted = sums.filter(({ acquirer, day }) => !isLeftOut(acquirer, day))
  const groups = groupBy(counted, ({ issuer, day }) => `${issuer}/${day}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const issuerKind = add(group.map((one) => one.issuerKind))
    const tech = add(group.map((one) => one.tech))
    const both = add([issuerKind, tech])
    return {
      issuer: first.issuer,
      day: first.day,
      issuerKind: shrunk(issuerKind),
      tech: shrunk(tech),
      ...both,
      p: Math.min(
        upperTail(tech.observed, tech.expected, size),
        upperTail(issuerKind.observed, issuerKind.expected, size),
      ),
      stores: group.reduce((sum, { stores }) => sum + stores, 0),
    }
  })
}

const isUnusual = (factor: number) => factor < usual[0] || factor > usual[1]

/** Issuers and days for which terminals' own expectations are needed. */
export const troubledIssuers = (factors: readonly IssuerFactor[]): IssuerFactor[] =>
  factors.filter(({ issuerKind, tech }) => isUnusual(issuerKind) || isUnusual(tech))

export const isOutage = ({ issuer, issuerKind, tech, p, stores }: IssuerFactor): boolean =>
  issuer !== "" && p < rare && Math.max(issuerKind, tech) > leastFactor && stores >= fewestStores
