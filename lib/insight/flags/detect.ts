import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { defaultIntervalSeconds } from "@/lib/fleet/terminals/interval"
import { advance, type LiveFlag } from "@/lib/insight/flags/advance"
import { isEvaluated, type FleetFacts, type Policy, type TerminalFacts } from "@/lib/insight/flags/facts"
import { rules } from "@/lib/insight/flags/rules"
import {
  allOrganisations,
  liveFlags,
  readChangedFacts,
  readFacts,
  readPolicies,
  tryDetectLock,
  writeFlags,
  type FactRow,
  type LiveRow,
} from "@/lib/insight/flags/sql"
import { outagesOf } from "@/lib/insight/silence/outages"
import { silentSeconds } from "@/lib/insight/silence/silence-plan"
import { storeTimeOf, type StoreTime } from "@/lib/insight/silence/store-time"

type Detected = { terminals: number; flagsChanged: number }

const normalGapsToRecover = 3
/** Evaluates the terminals of all organisations. Skips an organisation that another worker is evaluating. */
export async function detectAll({ now }: { now: Date }): Promise<Detected> {
  const total = { terminals: 0, flagsChanged: 0 }
  for (const { id } of await asWorker(allOrganisations)) {
    const detected = await detectOnce({ orgId: id, now })
    total.terminals += detected.terminals
    total.flagsChanged += detected.flagsChanged
  }
  return total
}

type Round = { orgId: string; now: Date }

/** Updates the flags of one organisation as of `now`, in one transaction. */
export const detectOnce = (round: Round): Promise<Detected> => asWorker((db) => detect(db, round))

export async function detect(db: Db, { orgId, now }: Round): Promise<Detected> {
  const [lock] = await tryDetectLock(db, orgId)
  if (!lock?.locked) return { terminals: 0, flagsChanged: 0 }
  const terminals = await factsUnderFoldLock(db, { orgId, now })
  const fleet: FleetFacts = {
    terminals: terminals.filter((facts) => isEvaluated(facts, now.getTime())),
    policies: await policiesOf(db, orgId),
  }
  const findings = rules.flatMap((rule) => rule.evaluate(fleet, now.getTime()))
  const live = (await liveFlags(db, orgId)).map(liveFlagOf)
  const changed = advance({ live, findings, notRecovered: notRecovered(fleet), now: now.getTime() })
  if (changed.length > 0) await writeFlags(db, orgId, changed)
  const isNews = ({ openedAt, closedAt }: LiveFlag) => [openedAt, closedAt].includes(now.getTime())
  return { terminals: terminals.length, flagsChanged: changed.filter(isNews).length }
}

/**
 * Reads every terminal, then takes the fold's lock, then reads the terminals again whose heartbeats were
 * folded in between. The lock is held for a short time this way.
 */
async function factsUnderFoldLock(db: Db, { orgId, now }: Round): Promise<TerminalFacts[]> {
  const read = await readFacts(db, orgId)
  await takeFoldLock(db, orgId)
  const changed = new Map((await readChangedFacts(db, orgId, read)).map((row) => [row.terminal_id, row]))
  const outages = await outagesOf(db, { orgId, since: new Date(0) })
  const stores = new Map<number, StoreTime>()
  return read.map((known) => {
    const row = changed.get(known.terminal_id) ?? known
    const store = stores.get(row.store_id) ?? storeTimeOf(row, outages)
    stores.set(row.store_id, store)
    return factsOf(row, store, now)
  })
}

const policiesOf = async (db: Db, orgId: string): Promise<Policy[]> =>
  (await readPolicies(db, orgId)).map((row) => ({
    modelId: row.model_id,
    component: row.component,
    minimum: row.minimum_version,
    dueOn: row.due_on,
  }))

const liveFlagOf = (row: LiveRow): LiveFlag => ({
  id: row.id,
  rule: row.rule,
  kind: row.kind,
  subject: row.subject,
  terminalId: row.terminal_id,
  storeId: row.store_id,
  status: row.status,
  sinceAt: row.since_at.getTime(),
  openedAt: row.opened_at?.getTime() ?? null,
  closedAt: null,
  evaluatedAt: row.evaluated_at.getTime(),
  reasons: row.reasons,
  holdRuns: row.hold_runs,
  clearRuns: row.clear_runs,
})

/**
 * The keys of `silent` flags whose terminals have not recovered: they sent too few heartbeats at their usual
 * interval, or their state is unknown.
 */
const notRecovered = ({ terminals }: FleetFacts): Set<string> =>
  new Set(
    terminals
      .filter((facts) => facts.onlineState === "unknown" || facts.normalGaps < normalGapsToRecover)
      .map(({ terminalId }) => `silent terminal:${terminalId}`),
  )

function factsOf(row: FactRow, store: StoreTime, now: Date): TerminalFacts {
  const intervalSeconds = row.learnt_interval_seconds ?? defaultIntervalSeconds
  const lastReceivedAt = row.last_received_at?.getTime() ?? null
  const onlineState = row.online_state ?? "unknown"
  return {
    terminalId: row.terminal_id,
    storeId: row.store_id,
    status: row.status,
    calendar: store.calendar,
    lastBeatAt: row.last_beat_at?.getTime() ?? null,
    intervalSeconds,
    silentSeconds:
      onlineState === "offline" && lastReceivedAt !== null
        ? silentSeconds({ ...store, lastReceivedAt, intervalSeconds }, now.getTime())
        : 0,
    onlineState,
    normalGaps: row.normal_gaps,
    checks: { pinpad: row.pinpad_ok, reader: row.reader_ok, security: row.security_ok, tamper: row.tamper },
    versions: {
      os: row.os,
      firmware: row.firmware,
      app: row.app,
      emvKernel: row.emv_kernel,
      securityPatch: row.security_patch,
    },
    model:
      row.model_id === null
        ? null
        : { id: row.model_id, name: row.model_name ?? "", useEndOn: row.use_end_on },
  }
}
