import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Count } from "@/lib/insight/engine/terms/input"

const size = 12
const rare = 1e-8
const leastRatio = 3
const moreSales = 40

export type Testing = {
  terminal: string
  day: number
  presentments: number
  usual: number
  issuerKind: Count
}

/** Somebody tries many card numbers at a terminal: far more sales than usual, and issuers refuse them. */
export function cardTesting({ terminal, day, presentments, usual, issuerKind }: Testing): Trouble | null {
  const { observed, expected } = issuerKind
  if (presentments <= 2 * usual + moreSales || observed <= leastRatio * expected) return null
  const p = upperTail(observed, expected, size)
  return p < rare ? { subject: { cls: "card-testing", terminal }, day, observed, expected, p } : null
}
