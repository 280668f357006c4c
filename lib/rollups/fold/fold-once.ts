import { setTimeout as pause } from "node:timers/promises"
import { Busy } from "@/lib/base/db/busy"
import { tryFoldLock } from "@/lib/base/db/fold-lock"
import type { Group } from "@/lib/base/db/group"
import { allGroups, inGroups, isDistributed, wholeServer } from "@/lib/base/db/groups"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerInGroup, type Db } from "@/lib/base/db/transaction"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { foldClaim } from "@/lib/rollups/fold/fold-claim"
import {
  claimBatches,
  keptOf,
  prepareSession,
  waitingOrganisations,
  type Kept,
} from "@/lib/rollups/fold/sql/claim"
import { holdPlacesFrom } from "@/lib/rollups/fold/sql/fill"

export type Folded = { batches: number; rows: number }

const mostRowsAtOnce = 250_000
/** Who holds the lock is often done soon: a slice of states takes a tenth of a second. */
const patienceMs = 1_000
const tryAgainMs = 50
const nothing: Folded = { batches: 0, rows: 0 }
const sumOf = (all: Folded[]) => sumCounts(nothing, all)

/**
 * Folds some of the waiting batches of each organisation in turn, unless another worker folds it. Afterwards
 * the rollups are exactly those of all folded batches. Rows later than all folded rows of their terminal are
 * added; for other rows the days that they touch are recounted. All of it is one snapshot, in the transaction
 * that marks the batches folded, so each row counts once even if a process crashes. On a cluster each group
 * has its own batches, snapshot and transaction.
 */
export async function foldOnce(): Promise<Folded> {
  const orgIds = await waiting()
  return sumOf(await inTurns({ loop: "fold", orgIds, work: foldTurn, patienceMs }))
}

async function* foldTurn(orgId: string, mayWaitMs: number): AsyncGenerator<Folded, void> {
  const until = Date.now() + mayWaitMs
  let folded = await foldOrganisation(orgId)
  // Tried again, because a statement that waits for the lock would already have its snapshot.
  while (!folded && Date.now() < until) {
    await pause(tryAgainMs)
    folded = await foldOrganisation(orgId)
  }
  if (!folded) throw new Busy()
  yield folded
}

/** Folds until no batch waits. Unlike a round of the worker, it ends with the first error. */
export async function foldAll(): Promise<Folded> {
  const folded: Folded[] = []
  for (;;) {
    const round: Folded[] = []
    for (const orgId of await waiting()) round.push((await foldOrganisation(orgId)) ?? nothing)
    if (sumOf(round).batches === 0) return sumOf(folded)
    folded.push(...round)
  }
}

const waiting = async () => (await asWorker(waitingOrganisations)).map(({ org_id: orgId }) => orgId)

/** Null if another process has the organisation's lock. */
async function foldOrganisation(orgId: string): Promise<Folded | null> {
  if (!(await isDistributed()))
    return foldGroup(wholeServer, async (db) => {
      if (!(await isFree(db, orgId))) return null
      await holdPlacesFrom(db, orgId)
      return foldWaiting(db, await keptOf(db, orgId))
    })
  const groups = await allGroups()
  // The coordinator has the lock and the settings. The nodes only see the rounds in their groups.
  return asWorker(async (db) => {
    if (!(await isFree(db, orgId))) return null
    const kept = await keptOf(db, orgId)
    return sumOf(await inGroups(groups, (group) => foldGroup(group, (node) => foldWaiting(node, kept))))
  })
}

const isFree = async (db: Db, orgId: string): Promise<boolean> =>
  (await tryFoldLock(db, orgId))[0]?.locked === true

const foldGroup = <T>(group: Group, fold: (db: Db) => Promise<T>): Promise<T> =>
  retryConflicts(() =>
    asWorkerInGroup(group, async (db) => {
      await prepareSession(db)
      return fold(db)
    }),
  )

/** Folds some waiting batches of an organisation. The caller has its lock and has prepared the session. */
export async function foldWaiting(db: Db, kept: Kept): Promise<Folded> {
  const claim = await claimBatches(db, kept.org_id, mostRowsAtOnce)
  if (!claim) return nothing
  await foldClaim(db, { kept, claim, firstHourDay: kept.first_hour_day })
  return { batches: claim.ids.length, rows: claim.rows }
}
