import { isRead, type FailureKind } from "@/lib/insight/verdicts/kind"
import type { RatioCode } from "@/lib/insight/verdicts/likelihoods"
import type { Scales } from "@/lib/insight/verdicts/scales"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"
import { wornCardRatio } from "@/lib/insight/verdicts/worn-card"

/** What the same card did elsewhere, and again here. It tells of cards that are not read, or are expired. */
export function addOfCard(scales: Scales, kind: FailureKind, { card, retry }: Surroundings): void {
  const isOfCard = isRead(kind) || kind === "expired" || kind === "format"
  if (isOfCard && card) addSightings(scales, card)
  // A card that is not read can end in an answer about its holder.
  if (!isRead(kind) && kind !== "format" && kind !== "user") return
  if (retry.worked) scales.addRatio("retry_worked")
  else if (retry.failed > 0)
    scales.addRatio("retry_failed", { times: retry.failed }, Math.min(3, retry.failed))
}

/** What somebody who tried it says. It counts for all kinds of failures. */
export type Told = { anotherCardWorks?: boolean | undefined; worksElsewhere?: boolean | undefined }

export function addTold(scales: Scales, { anotherCardWorks, worksElsewhere }: Told): void {
  if (anotherCardWorks !== undefined)
    scales.addRatio(anotherCardWorks ? "told_another_works" : "told_another_fails")
  if (worksElsewhere !== undefined)
    scales.addRatio(worksElsewhere ? "told_works_elsewhere" : "told_fails_elsewhere")
}

type Card = NonNullable<Surroundings["card"]>

const readsOf = ({ workedAfter, workedBefore, workedHere }: Card): number =>
  workedAfter + workedBefore + workedHere

/** Where the card failed says more the more seldom it was read. */
function addSightings(scales: Scales, card: Card): void {
  const alone = wornCardRatio({ failed: card.failedSame, worked: 0 })
  if (card.failedSame > 0) scales.addCard("card_fails_elsewhere", { terminals: card.failedSame }, alone)
  const reads = [
    ["card_works_elsewhere", card.workedAfter],
    ["card_worked_before", card.workedBefore],
    ["card_works_here", card.workedHere],
  ] as const
  const worked = readsOf(card)
  const all = wornCardRatio({ failed: card.failedSame, worked }) / alone
  for (const [code, times] of reads) if (times > 0) scales.addCard(code, { times }, all ** (times / worked))
}

/**
 * Whether a failed read, or a card refused as expired, is not held against its terminal: it fails at others,
 * too, and is not read so often that it must be good.
 */
export const isOfCard = (kind: FailureKind, { card }: Surroundings): boolean =>
  (isRead(kind) || kind === "expired") &&
  card !== null &&
  card.failedSame > 0 &&
  wornCardRatio({ failed: card.failedSame, worked: readsOf(card) }) > 1

const dayHours = 24
const signInSeconds = 300
const wrongClockMs = 3_600_000
/** Reversal reasons of answers that did not get through, or came too late. */
const undelivered = /^(4006|4013|4021|435\d)$/

/** What the sale's record and the terminal's own reports say. */
export function addOfRecord(scales: Scales, kind: FailureKind, around: Surroundings): void {
  const { said, events, store } = around
  const isOfLine = kind === "line" || kind === "host"
  const isOfKeys = kind === "keys" || kind === "setup"
  if (isOfLine && store.worked > 2 && store.minutes.observed === 0)
    scales.addRatio("neighbours_work", { sales: store.worked })
  if (kind === "host" && around.hostReached !== null)
    scales.addRatio(around.hostReached ? "sent" : "not_sent")
  if (said) {
    if (isRead(kind) && said.readerOk === false) scales.addRatio("reader_not_ok")
    if ((kind === "pin" || kind === "keys") && said.pinpadOk === false) scales.addRatio("pinpad_not_ok")
    if (
      (isOfKeys || kind === "pin" || kind === "hardware") &&
      (said.securityOk === false || said.tamper === true)
    )
      scales.addRatio("security_not_ok")
    if (isOfLine && said.hostReachable === false) scales.addRatio("host_unreachable")
  }
  const happened = (event: string, hours: number) => (events[event] ?? Number.POSITIVE_INFINITY) <= hours
  if (isOfKeys && happened("key_load", dayHours)) scales.addRatio("keys_loaded")
  const signedIn = secondsSinceSignIn(around)
  if (isOfKeys && signedIn < signInSeconds) scales.addRatio("signed_in_just_now", { seconds: signedIn })
  if ((isOfKeys || kind === "hardware" || kind === "expired") && happened("power_loss", dayHours))
    scales.addRatio("power_lost")
  if ((isOfKeys || kind === "pin" || kind === "hardware") && happened("tamper", dayHours))
    scales.addRatio("tampered")
  if ((isRead(kind) || kind === "format" || kind === "setup") && happened("release_installed", 3 * dayHours))
    scales.addRatio("release_installed")
  if ((kind === "expired" || kind === "keys") && Math.abs(around.clockOffsetMs) > wrongClockMs)
    scales.addRatio("clock_wrong", { hours: Math.round(Math.abs(around.clockOffsetMs) / wrongClockMs) })
  for (const code of ofTvr(around.tvr)) scales.addRatio(code)
  if (around.reversalReason === "4007") scales.addRatio("reversal_device")
  else if (around.reversalReason !== null && undelivered.test(around.reversalReason))
    scales.addRatio("reversal_undelivered")
}

/** By the sale's own record, or by what the terminal reported. */
const secondsSinceSignIn = ({ secondsSinceSignIn: own, events }: Surroundings): number =>
  Math.round(own ?? (events["sign_in"] ?? Number.POSITIVE_INFINITY) * 3600)

/** What the terminal verification results (EMV book 3, annex C5) say: five bytes in hexadecimal digits. */
function ofTvr(tvr: string | null): RatioCode[] {
  if (tvr === null || !/^[\da-f]{10}$/i.test(tvr)) return []
  const byte = (n: number) => Number.parseInt(tvr.slice(2 * n - 2, 2 * n), 16)
  const codes: RatioCode[] = []
  if (byte(3) & 0x10) codes.push("tvr_pinpad")
  if (byte(3) & 0x08) codes.push("tvr_pin_missing")
  if (byte(1) & 0x4c) codes.push("tvr_card_data")
  if (byte(2) & 0x40) codes.push("tvr_expired")
  return codes
}
