import { discoveryLimit } from "@/lib/base/statistics/benjamini-hochberg"
import type { Board } from "@/lib/insight/engine/board"
import { forget } from "@/lib/insight/engine/change"
import { findingOf, isCounted, weekRatio, type Evidence } from "@/lib/insight/engine/evidence"
import type { Candidate, Flag } from "@/lib/insight/engine/flag"
import { gates, sensitivities, type Sensitivity } from "@/lib/insight/engine/terms/settings"
import { componentCount, components } from "@/lib/insight/engine/terms/signals"

export type Judgement = {
  flags: Map<string, Flag>
  candidates: Map<string, Candidate>
  opened: Flag[]
  closed: Flag[]
}
type Judging = {
  evidence: Evidence
  sensitivity: Sensitivity
  isAlone: (slot: number) => boolean
  /** Whether a store or an operator explains it better than the terminal. */
  isExplained: (slot: number, component: number) => boolean
  /** Whether a bad release explains it: that is one ticket for all terminals. */
  isOfRelease: (slot: number, component: number) => boolean
}

/** Opens and closes flags. A flag needs evidence on two nights in a row, and closes after three good ones. */
export function judge(board: Board, judging: Judging): Judgement {
  const { evidence, sensitivity } = judging
  const { state, night } = board
  const limit = discoveryLimit(evidence.terminals, sensitivities[sensitivity])
  const result: Judgement = { flags: new Map(), candidates: new Map(), opened: [], closed: [] }
  for (let i = 0; i < board.terminals; i += 1) {
    // The limit is for terminals; the component that is most to blame stands for its terminal.
    const isFound = (evidence.terminals[i] ?? 1) <= limit
    const worst = isFound ? worstOf(evidence, i) : -1
    for (let c = 0; c < componentCount; c += 1) {
      const p = evidence.components[i * componentCount + c] ?? 1
      const key = `${night.terminals[i]?.id ?? ""}/${components[c] ?? ""}`
      const flag = state.flags.get(key)
      if (flag) follow(board, { flag, key, i, c, p }, result)
      else if (c === worst || p <= limit) consider(board, judging, { key, i, c, p }, result)
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

type Place = { key: string; i: number; c: number; p: number }

function follow(board: Board, { flag, key, i, c, p }: Place & { flag: Flag }, result: Judgement): void {
  const isHealthy = weekRatio(board, i, c) < gates.releaseRatio
  const healthyNights = isHealthy ? flag.healthyNights + 1 : 0
  if (healthyNights >= gates.releaseNights) {
    result.closed.push(flag)
    forget(board, i, c)
  } else result.flags.set(key, { ...flag, ...(p < flag.p ? findingOf(board, i, c, p) : {}), healthyNights })
}

function consider(
  board: Board,
  { isAlone, isExplained, isOfRelease }: Judging,
  { key, i, c, p }: Place,
  result: Judgement,
): void {
  const finding = findingOf(board, i, c, p)
  const leastRatio = finding.component === "speed" ? gates.ratioOfSpeed[finding.test] : gates.ratio
  if (finding.observed - finding.expected < gates.excess || finding.ratio < leastRatio) return
  if (isOfRelease(i, c) || (!isCounted(board, i, c) && isExplained(i, c))) return
  const alone = isAlone(i)
  const nights = (board.state.candidates.get(key)?.nights ?? 0) + 1
  const badDays = alone ? gates.badDaysAlone : gates.badDays
  const isLineSure = finding.component !== "communication" || finding.badDays >= badDays
  if (!isLineSure || (nights < 2 && p >= gates.certain)) {
    result.candidates.set(key, { component: finding.component, nights })
    return
  }
  const flag: Flag = { ...finding, openedOn: board.night.day, healthyNights: 0, isAlone: alone }
  result.flags.set(key, flag)
  result.opened.push(flag)
}
