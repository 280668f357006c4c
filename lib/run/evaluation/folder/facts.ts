import { groupBy } from "@/lib/base/group-by"
import type { Trouble } from "@/lib/run/evaluation/folder/read-truth"
import type { Span, Who } from "@/lib/run/evaluation/score-classes"
import { isScorable, type Facts, type Fault } from "@/lib/run/evaluation/score-flags"

const dayMs = 86_400_000

/** A folder's fleet: serial numbers by number, and the days that were played. */
export type Played = {
  serials: readonly string[]
  /** Midnight UTC of the first day, and how many days there are. */
  startsAt: number
  days: number
  burnIn: number
  /** Terminals that have sent each bad release: keys are model and release. */
  onRelease: ReadonlyMap<string, ReadonlySet<string>>
}

/** Incidents about one terminal, which leave it healthy. */
const outside: readonly string[] = ["card-testing"]

export const isDeviceFault = ({ cls, who }: Trouble): boolean =>
  who.terminal !== undefined && who.release === undefined && !outside.includes(cls)

export const isBadRelease = ({ who }: Trouble): boolean => who.release !== undefined

export const releaseKey = ({ model = "", release = "" }: Who): string => `${model}\n${release}`.toLowerCase()

export const dayNumber = ({ startsAt }: Pick<Played, "startsAt">, at: number): number =>
  (at - startsAt) / dayMs

const keyOf = (serial: string) => serial.trim().toLowerCase()

/** The truth of a folder, for scoring. Whoever is in no line was healthy. */
export function factsOf(troubles: readonly Trouble[], played: Played): Facts {
  const { serials, days, burnIn, onRelease } = played
  const numberOf = new Map(serials.map((serial, i) => [keyOf(serial), i]))
  const faults = troubles.filter(isDeviceFault).flatMap((one): Fault[] => {
    const terminal = numberOf.get(keyOf(one.who.terminal ?? ""))
    if (terminal === undefined) return []
    return [
      {
        terminal,
        cls: one.cls,
        from: dayNumber(played, one.from),
        to: Math.min(days, dayNumber(played, one.to)),
        actionable: dayNumber(played, one.actionableFrom),
        impact: one.impact,
        isFindable: true,
      },
    ]
  })
  const releases = troubles.filter(isBadRelease).map((one) => ({
    from: dayNumber(played, one.from),
    terminals: new Set(
      [
        ...(onRelease.get(releaseKey(one.who)) ?? []),
        ...(one.who.terminal === undefined ? [] : [one.who.terminal]),
      ]
        .map(keyOf)
        .flatMap((serial) => numberOf.get(serial) ?? []),
    ),
  }))
  const ill = new Set([
    ...faults.map(({ terminal }) => terminal),
    ...releases.flatMap(({ terminals }) => [...terminals]),
  ])
  return {
    burnIn,
    days,
    faults,
    healthy: new Set(serials.map((_, i) => i).filter((i) => !ill.has(i))),
    hasBadRelease: (terminal, day) =>
      releases.some(({ terminals, from }) => terminals.has(terminal) && Math.floor(from) <= day),
  }
}

/** The truth as spans by class. A fault counts by itself, however often its terminal is told. */
export function trueSpans(
  troubles: readonly Trouble[],
  { facts, played }: { facts: Facts; played: Played },
): Span[] {
  const faultsOf = groupBy(facts.faults, ({ terminal }) => keyOf(played.serials[terminal] ?? ""))
  return troubles.map((one): Span => {
    const [from, to] = [dayNumber(played, one.from), Math.min(played.days, dayNumber(played, one.to))]
    const fault = faultsOf
      .get(keyOf(one.who.terminal ?? ""))
      ?.find((of) => of.cls === one.cls && of.from === from)
    const isCounted = isDeviceFault(one)
      ? fault !== undefined && isScorable(facts, fault)
      : from >= played.burnIn && from < played.days
    return { cls: one.cls, who: one.who, from, to, isCounted }
  })
}
