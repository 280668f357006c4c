import type { FailureKind } from "@/lib/insight/verdicts/kind"
import { verdictCauses, type Shares, type VerdictCause } from "@/lib/insight/verdicts/priors"

/**
 * The one table of what evidence weighs. There are three kinds of entries, each with its reason. No number
 * here is fitted to an organisation: they are what technicians and acquirers know.
 */

/** How many times more likely the evidence is if a cause is the right one. What is not named is 1. */
export type Ratio = { ratios: Partial<Shares>; reason: string }

/** What a card did at other times is compared with what a good and a worn one would do: worn-card.ts. */
export const cardReads = {
  goodFails: 0.01,
  reason:
    "A good card is refused about once in a hundred reads. A worn one is read now and then: how often " +
    "nobody knows, so that any share is as likely",
}

/** What causes tell of themselves by failing again. */
export const ratios = {
  retry_worked: {
    ratios: { card: 0.2, operator: 1.2 },
    reason: "A worn card seldom mends within a minute; a hasty hand does better the second time",
  },
  retry_failed: {
    ratios: { card: 2.8, operator: 0.8 },
    reason: "A broken card fails each time, other failures pass; for each further attempt, up to three",
  },
  neighbours_work: {
    ratios: { system: 0.25, device: 1.5 },
    reason: "When a store's line or a host is down, its other terminals do not go on selling",
  },
  not_sent: {
    ratios: { device: 1.6, system: 0.6 },
    reason: "A request that never left was stopped at the terminal or its line",
  },
  sent: {
    ratios: { device: 0.5 },
    reason: "A host that was reached had the terminal's request",
  },
  reader_not_ok: {
    ratios: { device: 8 },
    reason: "The terminal's own check of its reader had failed",
  },
  pinpad_not_ok: {
    ratios: { device: 8 },
    reason: "The terminal's own check of its PIN pad had failed",
  },
  security_not_ok: {
    ratios: { device: 6 },
    reason: "The terminal's security module had failed its check or reported tampering",
  },
  host_unreachable: {
    ratios: { system: 1.5, device: 1.5, operator: 0.5, card: 0.5 },
    reason: "The terminal had just said that it cannot reach its host",
  },
  keys_loaded: {
    ratios: { system: 2 },
    reason: "Failures of keys that begin with a key load are the load's",
  },
  signed_in_just_now: {
    ratios: { system: 1.8 },
    reason: "The first sale after a sign-in fails when the keys that came with it are wrong",
  },
  power_lost: {
    ratios: { device: 2 },
    reason: "Power failures damage clocks, journals and keys",
  },
  tampered: {
    ratios: { device: 4 },
    reason: "A tampered terminal deletes its keys and stops",
  },
  release_installed: {
    ratios: { system: 2 },
    reason: "What begins with a new release is often the release's",
  },
  clock_wrong: {
    ratios: { device: 10 },
    reason: "With a wrong clock a terminal finds good cards expired and certificates invalid",
  },
  tvr_pinpad: {
    ratios: { device: 8 },
    reason: "The terminal's verification results say that the PIN pad did not work",
  },
  tvr_pin_missing: {
    ratios: { operator: 4 },
    reason: "The terminal's verification results say that no PIN was entered",
  },
  tvr_card_data: {
    ratios: { card: 2 },
    reason: "The terminal's verification results say that the card's data could not be verified",
  },
  tvr_expired: {
    ratios: { card: 1.5, device: 1.5 },
    reason: "The chip's application had expired by the terminal's clock",
  },
  reversal_device: {
    ratios: { device: 8 },
    reason: "Reversal reason 4007 says that the terminal could not complete the sale",
  },
  reversal_undelivered: {
    ratios: { device: 1.6, system: 1.6 },
    reason: "Reversal reasons 4006, 4013, 4021 and 435x say that an answer was lost on its way, or was late",
  },
  other_readers_work: {
    ratios: { device: 1.5, operator: 0.6 },
    reason: "A reader wears out by itself; a hand that fails does so with stripe, chip and contactless",
  },
  told_another_works: {
    ratios: { card: 1.5, device: 0.25, system: 0.25 },
    reason: "A terminal that takes another card at this moment can read, and reaches its host",
  },
  told_another_fails: {
    ratios: { card: 0.25, operator: 0.7, device: 2, system: 2 },
    reason: "Two cards in a row are seldom both bad",
  },
  told_works_elsewhere: {
    ratios: { card: 0.1, system: 0.5, device: 1.5 },
    reason: "A card that pays at another terminal is good, and so is its issuer",
  },
  told_fails_elsewhere: {
    ratios: { card: 4, operator: 0.7, device: 0.3 },
    reason: "Two terminals seldom fail at once, unless a host or line is down for both",
  },
} as const satisfies Record<string, Ratio>
export type RatioCode = keyof typeof ratios
export const ratioCodes: readonly RatioCode[] = Object.keys(ratios).filter(
  (code): code is RatioCode => code in ratios,
)

/** Each shipped ratio by itself. */
export const shippedRatios = ratioCodes.flatMap((code) => {
  const entry: Ratio = ratios[code]
  return verdictCauses.flatMap((cause) => {
    const shipped = entry.ratios[cause]
    return shipped === undefined ? [] : [{ code, cause, shipped }]
  })
})

/** What evidence weighs in an organisation. */
export type RatioTable = Readonly<Record<RatioCode, { ratios: Partial<Shares> }>>

/** What is compared with how often it happens: how often something is wrong, and how alike all are. */
export type Comparison = { chance: number; size: number; reason: string }

export const comparisons = {
  terminal_often: {
    chance: 0.03,
    size: 6,
    reason: "One terminal, many cards and issuers, more often than its peers",
  },
  reader_counters: {
    chance: 0.03,
    size: 8,
    reason: "The reader counts its own errors, also those that the customer never sees",
  },
  operator_often: {
    chance: 0.03,
    size: 6,
    reason: "One cashier at several terminals, while others have no trouble there",
  },
  store_line: {
    chance: 0.01,
    size: 3,
    reason: "Several terminals of one store in the same minutes share its line",
  },
  store_often: {
    chance: 0.01,
    size: 5,
    reason: "Several terminals of one store on the same days share its line and its staff",
  },
  issuer_minutes: {
    chance: 0.004,
    size: 6,
    reason: "One issuer in several stores in the same minutes is down",
  },
  issuer_often: {
    chance: 0.01,
    size: 10,
    reason: "One issuer in several stores on the same day is degraded",
  },
  acquirer_minutes: {
    chance: 0.002,
    size: 6,
    reason: "All issuers in several stores of one acquirer in the same minutes",
  },
  release_often: {
    chance: 0.02,
    size: 8,
    reason: "All terminals of a release, while others of their model work",
  },
  many_cards_keyed: {
    chance: 0.01,
    size: 4,
    reason: "Many refused card numbers keyed in at one terminal are being tested",
  },
} as const satisfies Record<string, Comparison>
export type ComparisonCode = keyof typeof comparisons

type Towards = Partial<Record<VerdictCause, number>>

/** What it speaks for when failures of a kind are more frequent at one terminal. */
export const ofTerminal: Record<FailureKind, Towards> = {
  chip: { device: 1 },
  contactless: { device: 1 },
  magstripe: { device: 1 },
  pin: { device: 0.9, operator: 0.1 },
  keys: { system: 0.85, device: 0.15 },
  expired: { device: 1 },
  line: { device: 1 },
  host: { device: 0.4, system: 0.6 },
  setup: { system: 0.9, device: 0.1 },
  format: { device: 0.5, system: 0.5 },
  hardware: { device: 1 },
  user: { operator: 0.7, device: 0.3 },
  issuer: { card: 0.5, system: 0.5 },
  unknown: { device: 0.5, system: 0.5 },
}

/** What it speaks for when they are more frequent at all terminals of a store. */
export const ofStore: Record<FailureKind, Towards> = {
  chip: { device: 0.5, operator: 0.5 },
  contactless: { device: 0.5, operator: 0.5 },
  magstripe: { device: 0.5, operator: 0.5 },
  pin: { operator: 1 },
  keys: { system: 1 },
  expired: { card: 1 },
  line: { system: 1 },
  host: { system: 1 },
  setup: { system: 1 },
  format: { system: 1 },
  hardware: { device: 1 },
  user: { operator: 1 },
  issuer: { card: 0.7, system: 0.3 },
  unknown: { system: 1 },
}

/** Kinds that an issuer, an acquirer or a cashier can cause at many terminals. */
export const causedByIssuer: readonly FailureKind[] = ["host", "line", "issuer", "keys", "unknown"]
export const causedByAcquirer: readonly FailureKind[] = ["host", "line", "keys", "setup", "format", "unknown"]
export const causedByOperator: readonly FailureKind[] = [
  "chip",
  "contactless",
  "magstripe",
  "pin",
  "user",
  "setup",
]

/**
 * A terminal that misreads cards or loses its line, and an issuer that is down, also make failures that are
 * named as something else: for each that is named right, this many.
 */
export const spill = 0.18
