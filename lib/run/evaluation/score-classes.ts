/** The fault classes of the macro F1. */
export const classes = [
  "reader",
  "comms",
  "firmware",
  "store network",
  "operator",
  "issuer",
  "card-testing",
] as const
export type Class = (typeof classes)[number]

const identities = [
  "terminal",
  "store",
  "operator",
  "issuer",
  "model",
  "release",
  "acquirer",
  "carrier",
] as const
export type Who = Partial<Record<(typeof identities)[number], string | undefined>>

/**
 * Who was in trouble, and when: in days since the first one. `isCounted` is false where nobody could have
 * found it in time.
 */
export type Span = { cls: string; who: Who; from: number; to: number; isCounted: boolean }
type Counts = { right: number; wrong: number; missed: number }
export type ClassScore = Record<string, Counts>

/** An incident may be told three days after its end. */
const grace = 3

export function scoreClasses(truth: readonly Span[], said: readonly Span[]): ClassScore {
  const names = new Set([...classes, ...truth.map(({ cls }) => cls)])
  return Object.fromEntries([...names].map((cls) => [cls, scoreOf(cls, truth, said)]))
}

function scoreOf(cls: string, truth: readonly Span[], said: readonly Span[]): Counts {
  const real = truth.filter((one) => one.cls === cls)
  const told = said.filter((one) => one.cls === cls)
  const covers = (one: Span, other: Span) =>
    isSame(one.who, other.who) && other.from <= one.to + grace && other.to >= Math.floor(one.from)
  const counted = real.filter(({ isCounted }) => isCounted)
  const right = counted.filter((one) => told.some((other) => covers(one, other))).length
  return {
    right,
    wrong: told.filter((other) => !real.some((one) => covers(one, other))).length,
    missed: counted.length - right,
  }
}

/**
 * Whether all that the truth says of somebody fits. An issuer may be written with six or eight digits, and a
 * release without its component.
 */
function isSame(real: Who, told: Who): boolean {
  const named = identities.filter((name) => real[name] !== undefined && told[name] !== undefined)
  return (
    named.length > 0 &&
    named.every((name) => {
      const [a, b] = [real[name] ?? "", told[name] ?? ""].map((text) => text.trim().toLowerCase())
      if (a === undefined || b === undefined) return false
      if (name === "issuer") return a.startsWith(b) || b.startsWith(a)
      return a === b || (name === "release" && b.endsWith(`:${a}`))
    })
  )
}

/** Null where a class neither occurred nor was told. */
export const f1 = (counts: Counts | undefined): number | null => {
  const { right, wrong, missed } = counts ?? { right: 0, wrong: 0, missed: 0 }
  return right + wrong + missed === 0 ? null : (2 * right) / (2 * right + wrong + missed)
}

/** The mean F1 of the seven classes, as far as they occurred or were told. */
export function macroF1(score: ClassScore): number | null {
  const values = classes.flatMap((cls) => f1(score[cls]) ?? [])
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

export const addClasses = (scores: readonly ClassScore[]): ClassScore => {
  const names = new Set(scores.flatMap((score) => Object.keys(score)))
  const sum = (cls: string, of: keyof Counts) =>
    scores.reduce((total, score) => total + (score[cls]?.[of] ?? 0), 0)
  return Object.fromEntries(
    [...names].map((cls) => [
      cls,
      { right: sum(cls, "right"), wrong: sum(cls, "wrong"), missed: sum(cls, "missed") },
    ]),
  )
}
