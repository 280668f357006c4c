import type { Board } from "@/lib/insight/engine/board"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { releaseTroubles, type ReleaseCase } from "@/lib/insight/engine/incidents/release"
import type { EngineState } from "@/lib/insight/engine/state"
import { winsorised } from "@/lib/insight/engine/terms/input"
import { releaseDecay } from "@/lib/insight/engine/terms/settings"
import { components, signalCount, signalIndexes, type Component } from "@/lib/insight/engine/terms/signals"

const deviceSignals = [...new Set(signalIndexes.flat())]

type Group = { model: string; release: string | null; terminals: number; up: Float64Array }
type Sums = { observed: Float64Array; expected: Float64Array }

const keyOf = (model: string, release: string | null) => (release === null ? model : `${model}|${release}`)

/** Adds tonight to the sums of models and releases, and finds releases that fail more than their model. */
export function findReleases(board: Board): Trouble[] {
  fadeSums(board.state)
  const groups = new Map<string, Group>()
  for (const [i, { model, releases }] of board.night.terminals.entries()) {
    addTonight(board, i, groupOf(groups, model, null))
    for (const [component, version] of Object.entries(releases))
      addTonight(board, i, groupOf(groups, model, `${component}:${version}`))
  }
  return releaseTroubles(
    [...groups.values()].flatMap((group) => casesOf(board.state, group)),
    board.night.day,
  )
}

function fadeSums({ releaseSums }: EngineState): void {
  for (const [key, { observed, expected }] of releaseSums) {
    let left = 0
    for (let s = 0; s < signalCount; s += 1) {
      observed[s] = (observed[s] ?? 0) * releaseDecay
      expected[s] = (expected[s] ?? 0) * releaseDecay
      left += expected[s] ?? 0
    }
    if (left < 1e-6) releaseSums.delete(key)
  }
}

function groupOf(groups: Map<string, Group>, model: string, release: string | null): Group {
  const key = keyOf(model, release)
  const found = groups.get(key)
  if (found) return found
  const group = { model, release, terminals: 0, up: new Float64Array(signalCount) }
  groups.set(key, group)
  return group
}

function addTonight({ state, observed, expected, tables }: Board, i: number, group: Group): void {
  const sums = sumsOf(state, keyOf(group.model, group.release))
  group.terminals += 1
  for (const s of deviceSignals) {
    const at = i * signalCount + s
    const count = { observed: Math.max(0, observed[at] ?? 0), expected: expected[at] ?? 0 }
    sums.observed[s] = (sums.observed[s] ?? 0) + winsorised(count)
    sums.expected[s] = (sums.expected[s] ?? 0) + count.expected
    const isUp = (tables.recentObserved.values[at] ?? 0) > (tables.recentExpected.values[at] ?? 0)
    if (isUp) group.up[s] = (group.up[s] ?? 0) + 1
  }
}

function sumsOf({ releaseSums }: EngineState, key: string): Sums {
  const found = releaseSums.get(key)
  if (found) return found
  const sums = { observed: new Float64Array(signalCount), expected: new Float64Array(signalCount) }
  releaseSums.set(key, sums)
  return sums
}

const componentOf = (s: number): Component =>
  components[signalIndexes.findIndex((of) => of.includes(s))] ?? "communication"

function casesOf({ releaseSums }: EngineState, { model, release, terminals, up }: Group): ReleaseCase[] {
  if (release === null) return []
  const inside = releaseSums.get(keyOf(model, release))
  const whole = releaseSums.get(model)
  if (!inside || !whole) return []
  return deviceSignals.flatMap((s) => {
    const mine = { observed: inside.observed[s] ?? 0, expected: inside.expected[s] ?? 0 }
    const outside = {
      observed: (whole.observed[s] ?? 0) - mine.observed,
      expected: (whole.expected[s] ?? 0) - mine.expected,
    }
    return mine.expected > 0 && outside.expected > 1e-9
      ? {
          model,
          release,
          component: componentOf(s),
          inside: mine,
          outside,
          terminals,
          terminalsUp: up[s] ?? 0,
        }
      : []
  })
}
