import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What V8 writes with --cpu-prof: a tree of calls, and the node that ran at each sample. */
type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[]
  startTime: number
  samples: number[]
  timeDeltas: number[]
}

/** The phase of a function by its file or name. The innermost function of a call that has one decides. */
const phases: [RegExp, string][] = [
  [/^\(garbage collector\)/, "garbage collection"],
  [/lib\/base\/text\/(pan|card-|digit-runs|long-row)/, "PAN guard"],
  [/lib\/base\/text\/exact-|^(valueOf|parsePlain) |^parse $/, "parse"],
  [/lib\/intake\/ingest\/(read-|line-|raw-|slots)|lib\/base\/http\//, "read"],
  [
    /lib\/intake\/ingest\/(check|contract|field-test|ignored|describe)|lib\/base\/time\/clock|\/zod\//,
    "check",
  ],
  [/^(copyLine|copyInto|copyFresh) |pg-copy-streams/, "insert: COPY"],
  [
    /^(inKeyOrder|distinct|rowOf) |watermarks|resolve-terminals|ingest\/terminals|name-key/,
    "merge and order",
  ],
  [/lib\/intake\/ingest\/rows/, "cells"],
  [/lib\/intake\/ingest\/|lib\/base\/db\/|node_modules\/pg/, "insert: other statements"],
  [/lib\/run\/server\/|lib\/access\//, "request and answer"],
  [/^node:/, "network and Node"],
]

const idle = new Set(["(idle)", "(program)", "(root)"])

/** Microseconds of the web process by phase, between two times of the monotonic clock. */
export function webPhases(folder: string, from: number, to: number): Map<string, number> {
  const total = new Map<string, number>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"))) {
    const profile = JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile
    const phaseOf = phasesOf(profile)
    let at = profile.startTime
    for (const [i, sample] of profile.samples.entries()) {
      const delta = profile.timeDeltas[i] ?? 0
      at += delta
      const phase = phaseOf.get(sample)
      if (at >= from && at < to && phase !== undefined) total.set(phase, (total.get(phase) ?? 0) + delta)
    }
  }
  return total
}

/** The phase of each node of the tree. Idle ones have none. */
function phasesOf({ nodes }: CpuProfile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const phaseOf = new Map<number, string>()
  const visit = (id: number, above: string): void => {
    const node = byId.get(id)
    if (!node) return
    const { functionName, url } = node.callFrame
    const own = phases.find(([pattern]) => pattern.test(`${functionName} ${url}`) || pattern.test(url))?.[1]
    const phase = own ?? above
    if (!idle.has(functionName)) phaseOf.set(id, phase)
    for (const child of node.children ?? []) visit(child, phase)
  }
  const [root] = nodes
  if (root) visit(root.id, "other")
  return phaseOf
}
