import { excessOf, supportOf, type Against } from "@/lib/insight/verdicts/excess"
import type { FailureKind } from "@/lib/insight/verdicts/kind"
import { isRead } from "@/lib/insight/verdicts/kind"
import {
  causedByAcquirer,
  causedByIssuer,
  causedByOperator,
  comparisons,
  ofStore,
  ofTerminal,
  ratios,
  spill,
  type ComparisonCode,
  type RatioTable,
} from "@/lib/insight/verdicts/likelihoods"
import { addOfCard, addOfRecord, addTold, type Told } from "@/lib/insight/verdicts/own-evidence"
import { priorOf, type CodeSays, type VerdictCause } from "@/lib/insight/verdicts/priors"
import { Scales, type Found, type Numbers, type SpillCode, type Verdict } from "@/lib/insight/verdicts/scales"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"

export type FailedSale = { kind: FailureKind; entryMode: string; says: CodeSays | null }

/** With a usual rate as much higher as something else explains. */
const explained = ({ observed, expected }: Against, excess: number): Against => ({
  observed,
  expected: expected * (1 + excess),
})

const larger = (a: Found, b: Found) => (a.excess >= b.excess ? a : b)
const compared = (code: ComparisonCode, seen: Against): Found => ({
  seen,
  excess: excessOf(seen, comparisons[code]),
})
const times = ({ seen, excess }: Found, factor: number): Found => ({ seen, excess: excess * factor })

/** What somebody says of the sale, and what evidence weighs. */
type Weighing = { told?: Told; table?: RatioTable }

/** What a failed sale was due to: the shares of the causes, and what speaks for them. */
export function weigh(
  sale: FailedSale,
  around: Surroundings,
  { told = {}, table = ratios }: Weighing = {},
): Verdict {
  const scales = new Scales(priorOf(sale.kind, sale.says), table)
  const shared = addShared(scales, sale, around)
  addOwn(scales, sale, { around, shared })
  addMisnamed(scales, around)
  addOfCard(scales, sale.kind, around)
  addOfRecord(scales, sale.kind, around)
  addTold(scales, told)
  return scales.verdict()
}

/** By how much what many terminals share explains the failures of a single one: on the day, and for long. */
type Shared = { now: number; forDays: number }

function addShared(scales: Scales, { kind, says }: FailedSale, around: Surroundings): Shared {
  const store = larger(compared("store_often", around.store.near), compared("store_often", around.store.wide))
  const minutes = compared("store_line", around.store.minutes)
  const { terminals } = around.store
  scales.addExcess("store_often", store, { towards: ofStore[kind] })
  scales.addExcess("store_line", minutes, { towards: ofStore[kind], numbers: { terminals } })
  const others = [...ofIssuer({ kind, says }, around), ...ofAcquirer(kind, around)]
  const release = ofRelease(around)
  for (const { code, found, numbers } of [...others, ...release])
    scales.addExcess(code, found, { towards: { system: 1 }, numbers })
  const most = (list: Wide[]) => Math.max(0, ...list.map(({ found }) => found.excess))
  return {
    now: Math.max(store.excess, minutes.excess, most(others), most(release)),
    forDays: Math.max(store.excess, most(release)),
  }
}

type Wide = { code: ComparisonCode; found: Found; numbers: Numbers }

function ofIssuer({ kind, says }: Pick<FailedSale, "kind" | "says">, { issuer }: Surroundings): Wide[] {
  if (!issuer || issuer.stores < 2 || !causedByIssuer.includes(kind)) return []
  // An issuer that says exactly what is wrong with the account is not down.
  if (kind === "issuer" && says?.confidence === "high") return []
  const soon = larger(compared("issuer_minutes", issuer.minutes), compared("issuer_minutes", issuer.hours))
  const numbers = { stores: issuer.stores }
  return [
    { code: "issuer_minutes", found: soon, numbers },
    { code: "issuer_often", found: compared("issuer_often", issuer.day), numbers },
  ]
}

function ofAcquirer(kind: FailureKind, { acquirer }: Surroundings): Wide[] {
  if (!acquirer || acquirer.stores < 2 || !causedByAcquirer.includes(kind)) return []
  const found = compared("acquirer_minutes", acquirer.minutes)
  return [{ code: "acquirer_minutes", found, numbers: { stores: acquirer.stores } }]
}

function ofRelease({ release }: Surroundings): Wide[] {
  if (!release) return []
  const found = compared("release_often", release.seen)
  return [{ code: "release_often", found, numbers: { release: release.release } }]
}

type Own = { around: Surroundings; shared: Shared }

/** The terminal, and who works at it. */
function addOwn(scales: Scales, { kind, entryMode }: FailedSale, { around, shared }: Own): void {
  const own = larger(
    compared("terminal_often", explained(around.terminal.near, shared.now)),
    compared("terminal_often", explained(around.terminal.wide, shared.forDays)),
  )
  const person = causedByOperator.includes(kind) ? around.operator : null
  const hand = person ? compared("operator_often", person.all) : null
  const { ofDevice, ofHand } = between(kind, { own: own.excess, hand: hand?.excess ?? 0, person })
  // Many refused card numbers that are keyed in at one terminal are being tested, with guessed dates.
  const isKeyed = (kind === "issuer" || kind === "expired") && entryMode === "manual"
  const towards = isKeyed ? { card: 1 } : ofTerminal[kind]
  scales.addExcess(isKeyed ? "many_cards_keyed" : "terminal_often", times(own, ofDevice), { towards })
  if (hand) scales.addExcess("operator_often", times(hand, ofHand), { towards: { operator: 1 } })
  if (isRead(kind) && own.excess >= 1 && isAsUsual(around.otherReaders)) scales.addRatio("other_readers_work")
  if (!around.counters || !isRead(kind)) return
  const counted = compared("reader_counters", explained(around.counters, shared.forDays))
  scales.addExcess("reader_counters", times(counted, ofDevice), { towards: { device: 1 } })
}

/** Whether enough was to be expected to say that there is no trouble. */
const isAsUsual = (seen: Against | null): boolean =>
  seen !== null && seen.expected >= 1 && seen.observed <= 1.5 * seen.expected

/** Failures that hide behind an answer about the account or the customer. */
function addMisnamed(scales: Scales, { spill: of }: Surroundings): void {
  if (!of) return
  const add = (
    code: SpillCode,
    { seen, share }: { seen: Against; share: number },
    [as, cause]: readonly [ComparisonCode, VerdictCause],
  ) => scales.addExcess(code, times(compared(as, seen), share * spill), { towards: { [cause]: 1 } })
  add("spill_terminal", of.terminal, ["terminal_often", "device"])
  add("spill_store", of.store, ["store_line", "system"])
  if (of.issuer) add("spill_issuer", of.issuer, ["issuer_minutes", "system"])
}

/** How much rather a terminal is at fault than a cashier, before either is compared with others. */
const terminalRather: Partial<Record<FailureKind, number>> = { pin: 0.35, user: 0.15, setup: 0.4 }

type Between = { own: number; hand: number; person: Surroundings["operator"] }

/**
 * Whether a terminal's failures are its own or its cashier's: by how the terminal does with other cashiers,
 * and how the cashier does at other terminals.
 */
function between(kind: FailureKind, { own, hand, person }: Between): { ofDevice: number; ofHand: number } {
  if (!person || own + hand === 0) return { ofDevice: 1, ofHand: 1 }
  const rather = terminalRather[kind] ?? 0.6
  const device = rather * supportOf(person.othersHere, 1 + own, comparisons.terminal_often.size)
  const operator = (1 - rather) * supportOf(person.elsewhere, 1 + hand, comparisons.operator_often.size)
  const share = device / (device + operator)
  // Only what both would explain is divided.
  const disputed = (2 * Math.min(own, hand)) / (own + hand)
  return { ofDevice: 1 - disputed * (1 - share), ofHand: 1 - disputed * share }
}
