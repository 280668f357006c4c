import { expect, it } from "vitest"
import { emptyReference } from "@/lib/insight/engine/reference"
import { runNight } from "@/lib/insight/engine/run-night"
import { emptyState } from "@/lib/insight/engine/state"
import { packed, unpacked } from "@/lib/insight/nights/engine-store"

const count = { observed: 2, expected: 0.5 }

it("knows after a restart what it knew before, whatever the length of names", async () => {
  for (const id of ["T1", "T12", "T123", "T1234"]) {
    const facts = { id, store: "S", model: "A920", releases: { app: "5.2" }, acquirer: "", carrier: "" }
    const sums = { terminal: id, day: 1, presentments: 40, kinds: { chip: count, tech: count }, counters: {} }
    const { state: engine } = runNight(emptyState(), {
      day: 1,
      terminals: [facts, { ...facts, id: "other" }],
      sums: [sums],
      operators: [],
      issuers: [],
      shares: [],
    })
    const memory = { engine, reference: emptyReference() }
    expect(await unpacked([await packed(memory)])).toEqual(memory)
    expect(engine.tables.observed.values.some((value) => value > 0)).toBe(true)
  }
})
