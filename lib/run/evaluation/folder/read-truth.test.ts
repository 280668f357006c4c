import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { labelsOf, saleKey, truthOf } from "@/lib/run/evaluation/folder/read-truth"

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "truth-"))))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, lines: readonly unknown[]) =>
  writeFileSync(join(folder, name), `\uFEFF${lines.map((line) => JSON.stringify(line)).join("\r\n")}\r\n\r\n`)

test("a truth may have all fields, empty ones too, and numbers for texts", async () => {
  const nobody = { store: null, operator: "", issuer: null, model: "", release: null }
  const open = { to: "", actionableFrom: null, impact: "unheard of" }
  write("truth.ndjson", [
    { cls: "Reader", terminal: " A1 ", ...nobody, from: "2026-06-02", ...open },
    { cls: "issuer", issuer: 400000, from: "2026-06-02T00:00:00+08:00", to: "2026-06-03" },
    { cls: "comms", terminal: "A2", from: "yesterday" },
  ])
  const from = Date.parse("2026-06-02T00:00:00Z")
  const known = { actionableFrom: from, impact: null }
  const early = from - 8 * 3_600_000
  expect(await truthOf(folder)).toEqual({
    troubles: [
      { cls: "reader", who: { terminal: "A1" }, from, to: Infinity, ...known },
      {
        cls: "issuer",
        who: { issuer: "400000" },
        from: early,
        to: Date.parse("2026-06-03"),
        ...known,
        actionableFrom: early,
      },
    ],
    bad: 1,
  })
})

test("labels may have numbers for texts, and causes in capitals", async () => {
  const at = "2026-06-02T10:00:00Z"
  write("labels.ndjson", [
    { terminal: 17, id: 4, at, cause: "Card" },
    { terminal: "A1", id: "5", at, cause: null },
  ])
  expect(await labelsOf(folder)).toEqual({
    causes: new Map([[saleKey({ terminal: "17", id: "4", at }), "card"]]),
    bad: 1,
  })
})
