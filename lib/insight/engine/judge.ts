import { discoveryLimit } from "@/lib/base/statistics/benjamini-hochberg"
import type { Board } from "@/lib/insight/engine/board"
import { forget } from "@/lib/insight/engine/change"
import {
  findingOf,
  isCounted,
  isLineBadBeside,
  weekRatio,
  type Evidence,
} from "@/lib/insight/engine/evidence"
import type { Finding, Flag } from "@/lib/insight/engine/flag"
import type { Course } from "@/lib/insight/engine/state"
import { discoveryRates, gates } from "@/lib/insight/engine/terms/settings"
import { componentCount, components } from "@/lib/insight/engine/terms/signals"

export type Judgement = Course & { opened: Flag[]; closed: Flag[] }
type Judging = {
  evidence: Evidence
  /** Which discovery rate each component's rule has. */
  steps: readonly number[]
  isAlone: (slot: number) => boolean
  /** Whether a store or an operator explains it better than the terminal. */
  isExplained: (slot: number, component: number) => boolean
  /** Whether a bad release explains it: that is one ticket for all terminals. */
  isOfRelease: (slot: number, component: number) => boolean
}

/**
 * Opens and closes flags, and says what each discovery rate would have opened and closed by itself on the
 * same evidence. A flag needs evidence on two nights in a row, and closes after three good ones.
 */
export function judge(board: Board, judging: Judging): { judgement: Judgement; rehearsals: Judgement[] } {
  const { state } = board
  const limits = discoveryRates.map((rate) => discoveryLimit(judging.evidence.terminals, rate))
  // These come first, because a flag that closes changes what the others are judged by. They begin with what
  // is open.
  const rehearsing = { ...judging, findingAt: findingsOf(board, judging) }
  const rehearsals = limits.map((limit, step) =>
    courseAfter(board, rehearsing, {
      before: state.rehearsals[step] ?? state,
      limitOf: () => limit,
      isRehearsal: true,
    }),
  )
  const limitOf = (c: number) => limits[judging.steps[c] ?? 0] ?? 0
  // Looks anew, after what a closed flag has just forgotten of its store.
  const walk = { ...judging, findingAt: findingsOf(board, judging) }
  return { judgement: courseAfter(board, walk, { before: state, limitOf, isRehearsal: false }), rehearsals }
}

type FindingAt = (slot: number, component: number, p: number) => Finding | null
type Walk = Judging & { findingAt: FindingAt }

/** What is worth a flag of what is rare; each looked at once. */
function findingsOf(board: Board, { isExplained, isOfRelease }: Judging): FindingAt {
  const known = new Map<number, Finding | null>()
  const worthAFlag = (i: number, c: number, p: number): Finding | null => {
    const finding = findingOf(board, i, c, p)
    const leastRatio = finding.component === "speed" ? gates.ratioOfSpeed[finding.test] : gates.ratio
    if (finding.observed - finding.expected < gates.excess || finding.ratio < leastRatio) return null
    return isOfRelease(i, c) || (!isCounted(board, i, c) && isExplained(i, c)) ? null : finding
  }
  return (i, c, p) => {
    const at = i * componentCount + c
    const found = known.get(at)
    if (found !== undefined) return found
    const finding = worthAFlag(i, c, p)
    known.set(at, finding)
    return finding
  }
}

type Rules = { before: Course; limitOf: (component: number) => number; isRehearsal: boolean }

function courseAfter(board: Board, walk: Walk, rules: Rules): Judgement {
  const { evidence } = walk
  const result: Judgement = { flags: new Map(), candidates: new Map(), opened: [], closed: [] }
  const flagged = new Set([...rules.before.flags.values()].map(({ terminal }) => terminal))
  for (let i = 0; i < board.terminals; i += 1) {
    const id = board.night.terminals[i]?.id ?? ""
    // The limit is for terminals; the component that is most to blame stands for its terminal.
    const worst = worstOf(evidence, i)
    const isFlagged = flagged.has(id)
    const isFound = (evidence.terminals[i] ?? 1) <= rules.limitOf(worst)
    for (let c = 0; c < componentCount; c += 1) {
      const p = evidence.components[i * componentCount + c] ?? 1
      const isRare = (c === worst && isFound) || p <= rules.limitOf(c)
      if (!isRare && !isFlagged) continue
      const place = { key: `${id}/${components[c] ?? ""}`, i, c, p, isRare }
      const flag = rules.before.flags.get(place.key)
      if (flag) follow(board, rules, { ...place, flag }, result)
      else if (isRare) consider(board, { ...walk, ...rules }, place, result)
    }
  }
  return result
}

function worstOf({ components: pValues }: Evidence, i: number): number {
  let worst = 0
  for (let c = 1; c < componentCount; c += 1)
    if ((pValues[i * componentCount + c] ?? 1) < (pValues[i * componentCount + worst] ?? 1)) worst = c
  return worst
}

type Place = { key: string; i: number; c: number; p: number; isRare: boolean }

function follow(
  board: Board,
  { isRehearsal }: Rules,
  { flag, key, i, c, p, isRare }: Place & { flag: Flag },
  result: Judgement,
): void {
  const isHealthy = weekRatio(board, i, c) < gates.releaseRatio
  const healthyNights = isHealthy ? flag.healthyNights + 1 : 0
  // A rehearsal forgets nothing: what was before the repair must not open the flag again.
  const isOver = healthyNights >= gates.releaseNights && !(isRehearsal && isRare)
  if (isOver) {
    result.closed.push(flag)
    if (!isRehearsal) forget(board, i, c)
  } else result.flags.set(key, { ...flag, ...(p < flag.p ? findingOf(board, i, c, p) : {}), healthyNights })
}

function consider(
  board: Board,
  { isAlone, findingAt, before }: Walk & Rules,
  { key, i, c, p }: Place,
  result: Judgement,
): void {
  const finding = findingAt(i, c, p)
  if (!finding) return
  const alone = isAlone(i)
  const nights = (before.candidates.get(key)?.nights ?? 0) + 1
  const badDays = alone ? gates.badDaysAlone : gates.badDays
  const isLineSure =
    finding.component !== "communication" || (finding.badDays >= badDays && isLineBadBeside(board, i))
  if (!isLineSure || (nights < 2 && p >= gates.certain)) {
    result.candidates.set(key, { component: finding.component, nights })
    return
  }
  const flag: Flag = { ...finding, openedOn: board.night.day, healthyNights: 0, isAlone: alone }
  result.flags.set(key, flag)
  result.opened.push(flag)
}
