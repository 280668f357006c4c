import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import {
  isOutage,
  issuerFactors,
  troubledIssuers,
  type IssuerFactor,
} from "@/lib/insight/engine/factors/issuer"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Count, IssuerSums } from "@/lib/insight/engine/terms/input"
import { weights } from "@/lib/insight/engine/terms/settings"

export type AcquirerFactor = {
  acquirer: string
  day: number
  tech: number
  observed: number
  expected: number
  p: number
}
/** What was wrong at issuers and acquirers on the days of these sums. */
export type Outages = {
  acquirers: AcquirerFactor[]
  issuers: IssuerFactor[]
  /** Issuers and days for which the engine needs each terminal's expectation. */
  troubled: { issuer: string; day: number }[]
}

const size = 30
const rare = 1e-6
/**
 * An acquirer has an outage when most issuers' sales fail there, an issuer when its sales fail everywhere.
 */
const mostIssuers = 0.7
const fewestIssuers = 3
const fewestStores = 3

export const isUp = ({ observed, expected }: Count): boolean =>
  observed >= 2 && observed > expected + 2 * Math.sqrt(expected) + 1

function acquirerOf(group: readonly IssuerSums[]): AcquirerFactor[] {
  const [first] = group
  if (!first || first.acquirer === "") return []
  const observed = group.reduce((sum, { tech }) => sum + tech.observed, 0)
  const expected = group.reduce((sum, { tech }) => sum + tech.expected, 0)
  const up = group.filter(({ tech }) => isUp(tech))
  const share = up.reduce((sum, { tech }) => sum + tech.expected, 0) / expected
  const p = upperTail(observed, expected, size)
  const isWide = up.length >= fewestIssuers && Math.max(...group.map(({ stores }) => stores)) >= fewestStores
  if (!(share > mostIssuers && isWide && p < rare)) return []
  const tech = (weights.issuer + observed) / (weights.issuer + expected)
  return [{ acquirer: first.acquirer, day: first.day, tech, observed, expected, p }]
}

export function findOutages(sums: readonly IssuerSums[]): Outages {
  const acquirers = [...groupBy(sums, ({ acquirer, day }) => `${acquirer}/${day}`).values()].flatMap(
    acquirerOf,
  )
  const down = new Set(acquirers.map(({ acquirer, day }) => `${acquirer}/${day}`))
  const issuers = issuerFactors(sums, (acquirer, day) => down.has(`${acquirer}/${day}`))
  const troubled = troubledIssuers(issuers).map(({ issuer, day }) => ({ issuer, day }))
  return { acquirers, issuers, troubled }
}

/** Issuers and days that the host must split by terminal. */
export const troubledOf = (sums: readonly IssuerSums[]): Outages["troubled"] => findOutages(sums).troubled

export const outageTroubles = ({ acquirers, issuers }: Outages): Trouble[] => [
  ...acquirers.map(({ acquirer, day, observed, expected, p }) => ({
    subject: { cls: "acquirer" as const, acquirer },
    day,
    observed,
    expected,
    p,
  })),
  ...issuers.filter(isOutage).map(({ issuer, day, observed, expected, p }) => ({
    subject: { cls: "issuer" as const, issuer },
    day,
    observed,
    expected,
    p,
  })),
]
