import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { calendarOf } from "@/lib/fleet/stores/opening-hours"
import { advance, type LiveFlag } from "@/lib/insight/flags/advance"
import { isEvaluated, type FleetFacts, type Policy, type TerminalFacts } from "@/lib/insight/flags/facts"
import { onlineState } from "@/lib/insight/flags/online-state"
import { rules } from "@/lib/insight/flags/rules"
import {
  allOrganisations,
  lastReceived,
  liveFlags,
  readChangedFacts,
  readFacts,
  readPolicies,
  tryDetectLock,
  writeFlags,
  writeOnlineStates,
  type FactRow,
  type LiveRow,
} from "@/lib/insight/flags/sql"

type Detected = { terminals: number; flagsChanged: number }

const normalGapsToRecover = 3
/**
 * When this many terminals, all with a heartbeat this week, fall silent at once, the fault is on our side.
 */
const fewestTerminalsForOutage = 5
const ownOutageAfterMs = 60 * 60_000

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

/** Updates online states and flags of one organisation as of `now`, in one transaction. */
export const detectOnce = (round: Round): Promise<Detected> => asWorker((db) => detect(db, round))

export async function detect(db: Db, { orgId, now }: Round): Promise<Detected> {
  const [lock] = await tryDetectLock(db, orgId)
  if (!lock?.locked) return { terminals: 0, flagsChanged: 0 }
  const terminals = await factsUnderFoldLock(db, { orgId, now })
  await writeOnlineStates(db, {
    orgId,
    now,
    ids: terminals.map(({ terminalId }) => terminalId),
    states: terminals.map((facts) => facts.onlineState),
  })
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
 * folded in between. The lock is held for a short time this way. It is needed because the fold writes
 * states in one snapshot, and a change during its transaction would make it start over.
 */
async function factsUnderFoldLock(db: Db, { orgId, now }: Round): Promise<TerminalFacts[]> {
  const read = await readFacts(db, orgId)
  await takeFoldLock(db, orgId)
  const changed = new Map((await readChangedFacts(db, orgId, read)).map((row) => [row.terminal_id, row]))
  const ourOutage = await isOurOutage(db, orgId, now)
  return read.map((row) => factsOf(changed.get(row.terminal_id) ?? row, now, ourOutage))
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

async function isOurOutage(db: Db, orgId: string, now: Date): Promise<boolean> {
  const [row] = await lastReceived(db, orgId)
  if (!row?.received_at || row.beating < fewestTerminalsForOutage) return false
  return now.getTime() - row.received_at.getTime() > ownOutageAfterMs
}

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

function factsOf(row: FactRow, now: Date, ourOutage: boolean): TerminalFacts {
  const silence = {
    calendar: calendarOf(row),
    lastReceivedAt: row.last_received_at?.getTime() ?? null,
    intervalSeconds: row.learnt_interval_seconds,
  }
  return {
    ...silence,
    terminalId: row.terminal_id,
    storeId: row.store_id,
    status: row.status,
    lastBeatAt: row.last_beat_at?.getTime() ?? null,
    onlineState: onlineState(silence, now.getTime(), ourOutage),
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
