import type { Against } from "@/lib/insight/verdicts/excess"

/** Failures around a failed sale, as often as usual and as seen. */
export type Comparisons = {
  /** Failures of the same kind, as often as usual and as seen, without the sale itself. */
  terminal: { near: Against; wide: Against }
  /** The same kind at this terminal with other cashiers, and with this cashier at other terminals. */
  operator: { all: Against; othersHere: Against; elsewhere: Against } | null
  /** What the reader counted itself, of this sale's entry mode. */
  counters: Against | null
  /** Failed reads of the other entry modes at the terminal. */
  otherReaders: Against | null
  store: { near: Against; wide: Against; minutes: Against; terminals: number; worked: number }
  issuer: { minutes: Against; hours: Against; day: Against; stores: number } | null
  acquirer: { minutes: Against; stores: number } | null
  release: { seen: Against; release: string } | null
  /** Failures that this one may be in disguise: with how often they happen, compared with its own kind. */
  spill: {
    terminal: { seen: Against; share: number }
    issuer: { seen: Against; share: number } | null
    store: { seen: Against; share: number }
  } | null
}

/** What happened around a failed sale. What is not known is null, and then counts for nothing. */
export type Surroundings = Comparisons & {
  card: {
    failedSame: number
    workedBefore: number
    workedAfter: number
    workedHere: number
  } | null
  retry: { failed: number; worked: boolean }
  /** Sales of others at the terminal in the half hours before and after. */
  othersWorked: number
  hostReached: boolean | null
  secondsSinceSignIn: number | null
  clockOffsetMs: number
  tvr: string | null
  reversalReason: string | null
  said: {
    readerOk: boolean | null
    pinpadOk: boolean | null
    securityOk: boolean | null
    tamper: boolean | null
    hostReachable: boolean | null
  } | null
  /** Hours since each kind of event at the terminal. */
  events: Readonly<Record<string, number>>
}
