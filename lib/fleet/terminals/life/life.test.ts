import { expect, test } from "vitest"
import { changedLabels } from "@/lib/fleet/terminals/labels"
import { actionsOn } from "@/lib/fleet/terminals/life/actions"
import {
  canBecome,
  nextStatuses,
  refuseStatus,
  type CurrentAssignments,
} from "@/lib/fleet/terminals/life/life"
import { lifeRequest } from "@/lib/fleet/terminals/life/life-request"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

const terminal: CurrentAssignments = {
  id: 1,
  serial: "SN",
  storeId: 1,
  storeCode: "S",
  storeFrom: new Date(0),
  status: "active",
  statusFrom: new Date(1000),
  tids: [{ tid: "T", acquirerId: null, from: new Date(0) }],
  labels: [],
  newestAt: new Date(5000),
}
const oldest = new Date(0)

test("no terminal can become pending or keep its status, and every status has a next one", () => {
  for (const status of terminalStatuses) {
    expect(canBecome(status, "pending")).toBe(false)
    expect(canBecome(status, status)).toBe(false)
    expect(nextStatuses[status].length).toBeGreaterThan(0)
  }
})

test.each([
  ["now, whatever records came in", { at: new Date(4000), isNow: true, oldest }, null],
  ["after its newest record", { at: new Date(5001), isNow: false, oldest }, null],
  ["before it", { at: new Date(4000), isNow: false, oldest }, "has_records"],
  ["before it got its status", { at: new Date(1000), isNow: false, oldest }, "too_early"],
])("retiring a terminal with a TID, %s", (_when, effect, reason) => {
  expect(refuseStatus(terminal, "retired", effect)?.reason ?? null).toBe(reason)
})

test("a retired terminal offers no swap and no TID", () => {
  expect(actionsOn({ status: "retired", tids: [] })).toEqual(["move", "spare", "edit", "purchase"])
  expect(actionsOn({ status: "pending", tids: [] })).toEqual([
    "enrol",
    "move",
    "tid",
    "retired",
    "edit",
    "purchase",
  ])
})

test("labels occur once each, in order", () => {
  expect(changedLabels(["b", "a"], { add: ["c", "a"], remove: ["b"] })).toEqual(["a", "c"])
})

test("leaves out empty fields and waits for required ones", () => {
  const filled = {
    store: null,
    tid: "",
    acquirer: null,
    replacement: null,
    oldStatus: "spare",
    oldStore: null,
    labels: [],
    removed: [],
    supplier: null,
    boughtOn: null,
    warrantyUntil: null,
    at: "",
    note: " ",
  }
  expect(lifeRequest("move", filled)).toBeNull()
  expect(lifeRequest("move", { ...filled, store: 7, note: " why " })).toEqual({
    verb: "move",
    body: { store: 7, note: "why" },
  })
  expect(lifeRequest("in_repair", filled)).toEqual({ verb: "status", body: { status: "in_repair" } })
  expect(lifeRequest("purchase", filled)).toBeNull()
  expect(lifeRequest("purchase", { ...filled, supplier: 3, note: "why" })).toEqual({
    verb: "purchase",
    body: { supplierId: 3 },
  })
})
