import type { Cause } from "@/lib/fleet/code-packs/cause"
import { isRead, type FailureKind } from "@/lib/insight/verdicts/kind"

/** What a failed sale can be due to; unknown is what remains when nothing decides. */
export const verdictCauses = ["device", "card", "operator", "system"] as const
export type VerdictCause = (typeof verdictCauses)[number]
export type Shares = Record<VerdictCause, number>

export type Confidence = "high" | "medium" | "low"
export type Attributable = "true" | "weak" | "false"
/** What a code table says of a failed sale's code. */
export type CodeSays = { cause: Cause; confidence: Confidence; attributable: Attributable }

type Row = { confidence: Confidence | null; attributable: Attributable | null }

/** What a row says of its code's cause. Null where the code is unknown or stands for no failure. */
export const saysOf = (cause: Cause | "none" | null, { confidence, attributable }: Row): CodeSays | null =>
  cause && cause !== "none" && confidence && attributable ? { cause, confidence, attributable } : null

/** How sure a code's own cause is, before anything else is known. */
const sureness: Record<Confidence, number> = { high: 0.85, medium: 0.5, low: 0.3 }

const shares = (device: number, card: number, operator: number, system: number): Shares => ({
  device,
  card,
  operator,
  system,
})

/**
 * Where failures of a kind come from in a healthy fleet, whatever the code table says of the single code. A
 * failed read is the reader's, a worn card's or a hasty hand's; an issuer's answer is about the card. Kinds
 * that the simulator makes have the shares that make the labels of two unlike fleets of seed 1 likeliest,
 * drawn to what technicians say and rounded.
 */
export const usualShares: Record<FailureKind, Shares> = {
  chip: shares(0.48, 0.35, 0.15, 0.02),
  contactless: shares(0.68, 0.14, 0.14, 0.04),
  magstripe: shares(0.58, 0.3, 0.1, 0.02),
  pin: shares(0.02, 0.03, 0.94, 0.01),
  keys: shares(0.15, 0.01, 0.02, 0.82),
  expired: shares(0.02, 0.93, 0.03, 0.02),
  line: shares(0.57, 0.01, 0.02, 0.4),
  host: shares(0.02, 0.01, 0.01, 0.96),
  setup: shares(0.1, 0.02, 0.18, 0.7),
  format: shares(0.3, 0.15, 0.1, 0.45),
  hardware: shares(0.85, 0.03, 0.07, 0.05),
  user: shares(0.23, 0.12, 0.61, 0.04),
  issuer: shares(0.03, 0.93, 0.01, 0.03),
  unknown: shares(0.25, 0.25, 0.25, 0.25),
}

/**
 * How far a code's cause is believed. One that counts against the terminal with evidence alone names what it
 * looks like, and of reads and lines that is what their kind says already. And an issuer that refuses an
 * amount speaks of the account far more often than of staff who could have known the limit.
 */
function trustOf(kind: FailureKind, { cause, attributable }: CodeSays): number {
  if (cause === "device" && attributable !== "true") return isRead(kind) || kind === "line" ? 0 : 0.4
  return kind === "issuer" && cause === "operator" ? 0.04 : 1
}

/**
 * The shares of the causes before the evidence: those usual for the kind, drawn to the cause that the code
 * table gives the code, by its confidence.
 */
export function priorOf(kind: FailureKind, says: CodeSays | null): Shares {
  const usual = usualShares[kind]
  if (!says || says.cause === "unknown") return usual
  const { cause } = says
  const weight = sureness[says.confidence] * trustOf(kind, says)
  const mixed = { ...usual }
  for (const one of verdictCauses) mixed[one] = (1 - weight) * usual[one] + (one === cause ? weight : 0)
  return mixed
}
