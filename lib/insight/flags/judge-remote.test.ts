import { expect, test } from "vitest"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { judgeRemote } from "@/lib/insight/flags/judge-remote"
import type { PendingRow } from "@/lib/insight/flags/remote-sql"
import { healthy, now } from "@/tests/support/terminal-facts"

const hour = 3_600_000
const clearing: LiveFlag = {
  id: 1,
  rule: "self_check",
  kind: "maintenance",
  subject: "terminal:7",
  terminalId: 7,
  storeId: 3,
  status: "open",
  sinceAt: now - 9 * hour,
  openedAt: now - 9 * hour,
  closedAt: null,
  evaluatedAt: now,
  reasons: [],
  holdRuns: 2,
  clearRuns: 1,
}
const asked: PendingRow = {
  id: 5,
  flag_id: 1,
  terminal_id: 7,
  store_id: 3,
  action: "restart",
  state: "taken",
  asked_at: new Date(now - hour),
  asked_by: "ana",
  due_at: new Date(now + hour),
  rule: "self_check",
  subject: "terminal:7",
  is_closed: false,
}
const look = { terminalId: 7, nextLookAt: now + 12 * hour, isRecovering: false, mutedUntil: null }

type Change = { facts?: Partial<TerminalFacts>; changed?: LiveFlag[]; pending?: Partial<PendingRow> }
const judge = (
  { facts = {}, changed = [clearing], pending = {} }: Change,
  mutedUntil: number | null = null,
) =>
  judgeRemote({
    changed,
    looks: [{ ...look, mutedUntil }],
    facts: [{ ...healthy, ...facts }],
    pending: [{ ...asked, ...pending }],
    now,
  })

test("a flag whose condition is gone after a heartbeat closes at once", () => {
  expect(judge({})).toMatchObject({
    ended: [{ id: 5, outcome: "helped" }],
    changed: [{ status: "closed", closedAt: now }],
    looks: [{ nextLookAt: now + 12 * hour }],
  })
})

test("one that the night has closed was helped, too", () => {
  expect(judge({ changed: [], pending: { is_closed: true } }).ended).toMatchObject([{ outcome: "helped" }])
})

test("while it may still help, the terminal is looked at when it must have", () => {
  expect(judge({ changed: [] })).toMatchObject({ ended: [], looks: [{ nextLookAt: now + hour }] })
})

test.each<[string, Change]>([
  ["a terminal that was retired", { facts: { status: "retired" } }],
  ["a store that is closed for good", { facts: { closesAt: now } }],
  ["a heartbeat from before that came late", { facts: { lastBeatAt: now - 2 * hour } }],
])("nothing has helped with %s, until the time is over", (_name, change) => {
  expect(judge(change).ended).toEqual([])
  expect(judge({ ...change, pending: { due_at: new Date(now) } }).ended).toMatchObject([
    { outcome: "did_not_help" },
  ])
})

test("during maintenance nothing is said", () => {
  const over = { changed: [], pending: { due_at: new Date(now - hour) } }
  expect(judge(over, now + hour)).toMatchObject({ ended: [], looks: [{ nextLookAt: now + 12 * hour }] })
})
