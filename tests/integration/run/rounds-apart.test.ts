import pg from "pg"
import sql from "sql-template-tag"
import { expect, test, vi } from "vitest"
import { Busy } from "@/lib/base/db/busy"
import { asOwner } from "@/lib/base/db/client"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { metrics } from "@/lib/base/metrics"
import { detectAll } from "@/lib/insight/flags/detect"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const rounds = {
  fold: foldOnce,
  states: () => settleStates({ now: new Date() }),
  flags: () => detectAll({ now: new Date() }),
}

type Member = { orgId: string }

/** Three organisations with work for every round, in the order in which rounds take them. */
async function givenOrganisations(): Promise<[Member, Member, Member]> {
  const made = async (): Promise<Member> => {
    const { orgId } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: new Date().toISOString() }])
    return { orgId }
  }
  const all = [await made(), await made(), await made()].toSorted((a, b) => (a.orgId < b.orgId ? -1 : 1))
  return all as [Member, Member, Member]
}

/** Which organisations still have work for a round. */
async function left(round: keyof typeof rounds): Promise<string[]> {
  const waiting = {
    fold: sql`select org_id from ingest_batch where folded_at is null`,
    states: sql`select org_id from terminal_state where next_state_at <= now()
                 union select org_id from fleet_change`,
    flags: sql`select org_id from terminal_state where next_look_at <= now()`,
  }
  const rows = await asWorker((db) => db.query<{ org_id: string }>(waiting[round]))
  return [...new Set(rows.map(({ org_id: id }) => id))].toSorted()
}

const names = ["fold", "states", "flags"] as const
/** The rounds before, for a round to have something to do. */
const before = { fold: [], states: ["fold"], flags: ["fold", "states"] } as const

test.each(names)("an organisation that another process folds does not end a round: %s", async (name) => {
  const [first, , last] = await givenOrganisations()
  for (const one of before[name]) await rounds[one]()
  await asWorker(async (db) => {
    for (const { orgId } of [first, last]) await takeFoldLock(db, orgId)
    // Ends while the locks are held: a round that waited for them would never end.
    await rounds[name]()
    expect(await left(name)).toEqual([first.orgId, last.orgId])
  })
  await rounds[name]()
  expect(await left(name)).toEqual([])
})

test("changes are not taken before the fold lock, so a busy fold undoes nothing", async () => {
  const all = await givenOrganisations()
  await asWorker(async (db) => {
    for (const { orgId } of all) await takeFoldLock(db, orgId)
    const spy = vi.spyOn(pg.Client.prototype, "query")
    await settleStates({ now: new Date() })
    const sent = JSON.stringify(spy.mock.calls.map(([statement]) => statement))
    spy.mockRestore()
    expect(sent).toContain("from fleet_change")
    expect(sent).not.toMatch(/delete from fleet_change|insert into terminal_standing/)
  })
})

/** Lets every change of these organisations' states fail. */
const breakStates = (orgIds: readonly string[]) =>
  asOwner((client) =>
    client.query(`
      create function broken() returns trigger language plpgsql as $$ begin raise 'it broke'; end $$;
      create trigger broken before insert or update on terminal_state for each row
        when (new.org_id in (${orgIds.map((id) => `'${id}'`).join()})) execute function broken()`),
  )
const mendStates = () => asOwner((client) => client.query("drop function broken cascade"))

const triggers = "it allows no trigger on a distributed table, which fails here"

test.for(names)("an organisation with an error does not end a round: %s", async (name, context) => {
  notOnCluster(context, triggers)
  const [first, second] = await givenOrganisations()
  for (const one of before[name]) await rounds[one]()
  await breakStates([first.orgId, second.orgId])
  try {
    await rounds[name]()
    expect(await left(name)).toEqual([first.orgId, second.orgId])
  } finally {
    await mendStates()
  }
})

test("a round that waits in vain for another lock than the fold's counts as a failure", async (context) => {
  notOnCluster(context, triggers)
  const [first] = await givenOrganisations()
  const failures = async () =>
    (await metrics.organisationFailures.get()).values.find(({ labels }) => labels.loop === "fold")?.value ?? 0
  const before = await failures()
  await asOwner((client) =>
    client.query(`
      create function late() returns trigger language plpgsql as $$
        begin raise exception using errcode = '55P03', message = 'lock timeout'; end $$;
      create trigger late before insert or update on terminal_state for each row
        when (new.org_id = '${first.orgId}') execute function late()`),
  )
  await foldOnce()
  expect((await failures()) - before).toBe(1)
  expect(await left("fold")).toContain(first.orgId)
  await asOwner((client) => client.query("drop function late cascade"))
})

test("who waits in vain for the fold lock is told that it is busy", async () => {
  const { orgId } = await givenOrganisation()
  await asWorker(async (db) => {
    await takeFoldLock(db, orgId)
    for (const longestWaitMs of [0, 1])
      await expect(asWorker((other) => takeFoldLock(other, orgId, longestWaitMs))).rejects.toThrow(Busy)
  })
})
