import { finished } from "node:stream/promises"
import type pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import sql, { type Sql } from "sql-template-tag"
import { pool, prisma } from "@/lib/base/db/client"
import type { Prisma } from "@/lib/base/db/generated/client"

/**
 * One open transaction. Rows come as the statement names them; int8 is a number, date a 'YYYY-MM-DD' string.
 */
export type Db = { query<Row>(statement: Sql): Promise<Row[]> }
/**
 * Adds rows of COPY's text format to a partition of raw rows, past row-level security: every row must be the
 * organisation's own.
 */
export type Copy = (partition: string, columns: readonly string[], rows: string) => Promise<void>
export type PrismaTransaction = Prisma.TransactionClient

/** An organisation, or some of its stores: what the application's role is bound to. */
export type DataScope = {
  orgId: string
  /** Ids of the stores it is limited to, none perhaps; null for the whole organisation. */
  stores: readonly number[] | null
}

/** Policies hold who is limited to some stores to them by this role; see prisma/migrations. */
const roleOf = (reach: DataScope | null) =>
  reach !== null && reach.stores !== null ? "tillwatch_limited" : "tillwatch_app"

type Scope =
  | { role: "tillwatch_app" | "tillwatch_limited"; reach: DataScope | null }
  | { role: "tillwatch_worker"; isOneSnapshot?: boolean; lock?: Sql }

const plainName = /^[a-z_][a-z0-9_]*$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

// A literal, not set_config(): Citus forwards `set local` to its workers and does not forward set_config.
function scopeStatements(scope: Scope): string[] {
  const role = `set local role ${scope.role}`
  if (scope.role === "tillwatch_worker") return [role]
  const { orgId, stores } = scope.reach ?? { orgId: "", stores: null }
  if (scope.reach && !uuid.test(orgId)) throw new Error("an organisation's id must be a uuid")
  if (stores && !stores.every(Number.isSafeInteger)) throw new Error("a store's id must be a whole number")
  return [
    role,
    `set local app.org_id = '${orgId}'`,
    `set local app.store_ids = '${stores ? `{${stores.join(",")}}` : ""}'`,
  ]
}

const begin = (scope: Scope) =>
  "isOneSnapshot" in scope && scope.isOneSnapshot ? "begin isolation level repeatable read" : "begin"

/** A connection as statements are asked of it. */
export const dbOf = (client: pg.ClientBase): Db => ({
  query: async <Row>(statement: Sql) => (await client.query<Row & pg.QueryResultRow>(statement)).rows,
})

async function inTransaction<T>(
  scope: Scope,
  run: (db: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool().connect()
  let broken: Error | undefined
  // The pool listens to idle connections alone: one that breaks while it is lent out would end the process.
  const onBreak = (error: Error) => (broken = error)
  client.on("error", onBreak)
  const lock = "lock" in scope ? scope.lock : undefined
  try {
    // Taken before the transaction begins, because a statement that waits for it would fix the snapshot first.
    if (lock) await client.query(sql`select pg_advisory_lock(${lock})`)
    await client.query([begin(scope), ...scopeStatements(scope)].join("; "))
    const result = await run(dbOf(client), client)
    await client.query("commit")
    return result
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    if (lock && !broken)
      await client
        .query(sql`select pg_advisory_unlock(${lock})`)
        .catch((failure: Error) => (broken = failure))
    client.off("error", onBreak)
    client.release(broken)
  }
}

/** The whole organisation, for a verb that looked itself what its actor may. */
export const wholeOrganisation = (orgId: string): DataScope => ({ orgId, stores: null })

/**
 * A transaction of the application's role that sees and writes what is within reach (an actor is a reach).
 */
export const inOrganisation = <T>(reach: DataScope, run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: roleOf(reach), reach }, run)

/** As `inOrganisation`, with a way to COPY. */
export const inOrganisationWithCopy = <T>(
  reach: DataScope,
  run: (db: Db, copy: Copy) => Promise<T>,
): Promise<T> =>
  inTransaction({ role: roleOf(reach), reach }, (db, client) =>
    run(db, async (partition, columns, rows) => {
      if (![partition, ...columns].every((name) => plainName.test(name)))
        throw new Error(`not a plain name: ${partition} ${columns.join()}`)
      // One round trip: the role is the application's again before the answer is in.
      const copy = `copy ${partition} (${columns.join(", ")}) from stdin`
      const stream = client.query(
        copyFrom(`set local role tillwatch_ingest; ${copy}; set local role ${roleOf(reach)}`),
      )
      stream.end(rows)
      await finished(stream)
    }),
  )

/** A transaction over all organisations, for the worker, the simulator and commands. */
export const asWorker = <T>(run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker" }, run)

/**
 * As `asWorker`, all statements seeing one snapshot; ends in a conflict where another transaction changed the
 * same rows meanwhile.
 */
export const asWorkerInOneSnapshot = <T>(run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker", isOneSnapshot: true }, run)

/** As `asWorkerInOneSnapshot`, while the connection holds the advisory lock; the snapshot is taken after it has the lock. */
export const asWorkerLocked = <T>(lock: Sql, run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker", isOneSnapshot: true, lock }, run)

/** As `inOrganisation`, over Prisma: for reading and writing small tables. */
export const inOrganisationPrisma = <T>(
  reach: DataScope,
  run: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> => scopedPrisma({ role: roleOf(reach), reach }, run)

/** As `asWorker`, over Prisma. */
export const asWorkerPrisma = <T>(run: (tx: PrismaTransaction) => Promise<T>): Promise<T> =>
  scopedPrisma({ role: "tillwatch_worker" }, run)

function scopedPrisma<T>(scope: Scope, run: (tx: PrismaTransaction) => Promise<T>): Promise<T> {
  return prisma().$transaction(async (tx) => {
    for (const statement of scopeStatements(scope)) await tx.$executeRawUnsafe(statement)
    return run(tx)
  })
}

/**
 * Calls one of the security-definer look-ups, which find a row by its secret before the organisation is
 * known.
 */
export const lookUp = <Row>(statement: Sql): Promise<Row[]> =>
  inTransaction({ role: "tillwatch_app", reach: null }, (db) => db.query<Row>(statement))

/**
 * Runs a statement of a library that brings its own SQL, as the application's role and outside any
 * organisation.
 */
export const runForLibrary = (statement: { text: string; values: unknown[] }): Promise<pg.QueryResult> =>
  inTransaction({ role: "tillwatch_app", reach: null }, (_db, client) => client.query(statement))
