import { serialize } from "node:v8"
import { gzipSync } from "node:zlib"
import { expect, it } from "vitest"
import { emptyReference } from "@/lib/insight/engine/reference"
import { runNight } from "@/lib/insight/engine/run-night"
import { emptyState, tableNames, type EngineState } from "@/lib/insight/engine/state"
import { components, signals } from "@/lib/insight/engine/terms/signals"
import { packed, unpacked } from "@/lib/insight/nights/engine-store"

const count = { observed: 2, expected: 0.5 }

function engineOf(id: string): EngineState {
  const facts = { id, store: "S", model: "A920", releases: { app: "5.2" }, acquirer: "", carrier: "" }
  const sums = { terminal: id, day: 1, presentments: 40, kinds: { chip: count, tech: count }, counters: {} }
  const { state } = runNight(emptyState(), {
    day: 1,
    terminals: [facts, { ...facts, id: "other" }],
    sums: [sums],
    operators: [],
    issuers: [],
    shares: [],
  })
  return state
}

/** Bytes as they come from a database, a few at a time. */
async function* inParts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
}

it("knows after a restart what it knew before, whatever the length of names", async () => {
  for (const id of ["T1", "T12", "T123", "T1234"]) {
    const engine = engineOf(id)
    const memory = { engine, reference: emptyReference() }
    const kept: Buffer[] = []
    for await (const part of packed(memory)) kept.push(part)
    expect(await unpacked(inParts(Buffer.concat(kept)))).toEqual(memory)
    expect(engine.tables.observed.values.some((value) => value > 0)).toBe(true)
  }
})

it("reads what an earlier version has kept, and begins anew after another one", async () => {
  const { tables, ...engine } = engineOf("T123")
  const reference = emptyReference()
  const keptBy = (shape: string) => {
    const head = serialize({ shape, engine, reference })
    const numbers = tableNames.map((name) => Buffer.from(tables[name].values.buffer))
    return inParts(gzipSync(Buffer.concat([head, Buffer.alloc(-head.length & 3), ...numbers])))
  }
  const shape = [...signals, ...components].join()
  expect(await unpacked(keptBy(shape))).toEqual({ engine: { ...engine, tables }, reference })
  expect(await unpacked(keptBy("other tables"))).toEqual({ engine: emptyState(), reference })
})
