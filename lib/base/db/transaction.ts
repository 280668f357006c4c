import { finished } from "node:stream/promises"
import type pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import sql, { type Sql } from "sql-template-tag"
import { pool, prisma } from "@/lib/base/db/client"
import { withoutValues } from "@/lib/base/db/database-error"
import { isUnavailable } from "@/lib/base/db/failures"
import type { Prisma } from "@/lib/base/db/generated/client"
import type { Group } from "@/lib/base/db/group"
import { groupPool, groupStatements, isDistributed } from "@/lib/base/db/groups"
import { noteUnavailable } from "@/lib/base/log/request-id"

/**
 * One open transaction. Rows have the columns of the statement. int8 comes as a number, date as a
 * 'YYYY-MM-DD' string.
 */
export type Db = {
  /** A statement with a name is planned once for each connection, so its text must always be the same. */
  query<Row>(statement: Sql, name?: string): Promise<Row[]>
  /** The name under which the table is stored: in a group of a cluster that of its shard. */
  storedAs(table: string): string
}
/**
 * Copies rows in COPY's text format into a partition of raw rows. Row-level security does not apply, so the
 * caller must only pass rows of the organisation.
 */
export type Copy = (partition: string, columns: readonly string[], rows: string) => Promise<void>
/**
 * Runs statements that write raw rows and their batches, with the role for that. Citus writes all rows of a
 * group over one connection of one role; so what one upload writes becomes visible at once.
 */
export type Writing = <T>(run: (copy: Copy) => Promise<T>) => Promise<T>
export type PrismaTransaction = Prisma.TransactionClient

/** An organisation, or some of its stores. Row-level security limits a transaction to it. */
export type DataScope = {
  orgId: string
  /** Ids of the stores that it is limited to, possibly none. Null for the whole organisation. */
  stores: readonly number[] | null
  /** The only terminal that somebody without an account may read. */
  terminalId?: number
}

/**
 * The database role of a data scope. Policies limit `tillwatch_limited` to its stores and `tillwatch_visitor`
 * to its terminal; see prisma/migrations.
 */
function roleOf({ stores, terminalId }: DataScope) {
  if (terminalId !== undefined) return "tillwatch_visitor"
  return stores === null ? "tillwatch_app" : "tillwatch_limited"
}

type Scope =
  | {
      role: "tillwatch_app" | "tillwatch_limited" | "tillwatch_visitor"
      reach: DataScope | null
      isUpload?: boolean
    }
  | { role: "tillwatch_worker"; isOneSnapshot?: boolean; lock?: Sql; group?: Group }

const plainName = /^[a-z_][a-z0-9_]*$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

// Literals, not set_config(): Citus forwards `set local` to its nodes, but not set_config().
function scopeStatements(scope: Scope): { role: string; settings: string[] } {
  const role = `set local role ${scope.role}`
  if (scope.role === "tillwatch_worker")
    return { role, settings: "group" in scope && scope.group ? groupStatements(scope.group) : [] }
  const { orgId, stores, terminalId }: DataScope = scope.reach ?? { orgId: "", stores: null }
  if (scope.reach && !uuid.test(orgId)) throw new Error("an organisation's id must be a uuid")
  if (stores && !stores.every(Number.isSafeInteger)) throw new Error("a store's id must be a whole number")
  if (terminalId !== undefined && !Number.isSafeInteger(terminalId))
    throw new Error("a terminal's id must be a whole number")
  return {
    role,
    settings: [
      `set local app.org_id = '${orgId}'`,
      `set local app.store_ids = '${stores ? `{${stores.join(",")}}` : ""}'`,
      ...(terminalId === undefined ? [] : [`set local app.terminal_id = '${terminalId}'`]),
    ],
  }
}

// Citus connects to its nodes as the current role. A forwarded `set role` would fail there.
const forward = "set local citus.propagate_set_commands = 'local'"
const forwardNothing = "set local citus.propagate_set_commands = 'none'"
// Otherwise a statement that writes to several groups waits until each other transaction that did is over: an
// upload for other uploads, and for a round that judges failed sales.
const besideOthers = "set local citus.enable_deadlock_prevention = off"

const begin = (scope: Scope) =>
  "isOneSnapshot" in scope && scope.isOneSnapshot ? "begin isolation level repeatable read" : "begin"

/** Citus forwards a statement only if it is sent alone. A single server takes all of them at once. */
async function beginTransaction(client: pg.PoolClient, scope: Scope, isApart: boolean): Promise<void> {
  const { role, settings } = scopeStatements(scope)
  const waiting = "isUpload" in scope && scope.isUpload ? [besideOthers] : []
  if (isApart)
    for (const statement of [begin(scope), role, ...waiting, forward, ...settings])
      await client.query(statement)
  else await client.query([begin(scope), role, ...settings].join("; "))
}

async function changeRole(client: pg.PoolClient, role: string): Promise<void> {
  const statement = `set local role ${role}`
  if (await isDistributed()) for (const one of [forwardNothing, statement, forward]) await client.query(one)
  else await client.query(statement)
}

/** Wraps a connection. */
export const dbOf = (client: pg.ClientBase, tables: Group["tables"] = {}): Db => ({
  storedAs: (table) => tables[table] ?? table,
  query: async <Row>(statement: Sql, name?: string) => {
    const { text, values } = statement
    return (await client.query<Row & pg.QueryResultRow>(name ? { name, text, values } : statement)).rows
  },
})

/** Throws the error without the values that it quotes. */
function failed(error: unknown): never {
  const plain = withoutValues(error)
  if (isUnavailable(plain)) noteUnavailable()
  throw plain
}

async function inTransaction<T>(
  scope: Scope,
  run: (db: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  // Asked before, because the pool may have one connection only.
  const isApart = await isDistributed().catch(failed)
  const group = "group" in scope ? scope.group : undefined
  const from = group ? groupPool(group) : pool()
  const client = await from.connect().catch(failed)
  let broken: Error | undefined
  // The pool only listens to idle connections. Without a listener, one that breaks while it is in use would
  // end the process.
  const onBreak = (error: Error) => (broken = error)
  client.on("error", onBreak)
  const lock = "lock" in scope ? scope.lock : undefined
  try {
    // Taken before the transaction: a statement that waits inside it would already have its snapshot.
    if (lock) await client.query(sql`select pg_advisory_lock(${lock})`)
    await beginTransaction(client, scope, isApart)
    const result = await run(dbOf(client, group?.tables), client)
    await client.query("commit")
    return result
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => (broken = failure))
    return failed(error)
  } finally {
    if (lock && !broken)
      await client
        .query(sql`select pg_advisory_unlock(${lock})`)
        .catch((failure: Error) => (broken = failure))
    client.off("error", onBreak)
    client.release(broken)
  }
}

/** The whole organisation, for a verb that checks permissions itself. */
export const wholeOrganisation = (orgId: string): DataScope => ({ orgId, stores: null })

/** Runs a transaction with the application's role, limited to a data scope. An actor is a data scope. */
export const inOrganisation = <T>(reach: DataScope, run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: roleOf(reach), reach }, run)

/** Like `inOrganisation`, with a function that writes raw rows. */
export const inOrganisationWriting = <T>(
  reach: DataScope,
  run: (db: Db, writing: Writing) => Promise<T>,
): Promise<T> =>
  inTransaction({ role: roleOf(reach), reach, isUpload: true }, (db, client) =>
    run(db, async (write) => {
      await changeRole(client, "tillwatch_ingest")
      const result = await write((partition, columns, rows) => copyInto(client, partition, columns, rows))
      await changeRole(client, roleOf(reach))
      return result
    }),
  )

async function copyInto(client: pg.PoolClient, ...[partition, columns, rows]: Parameters<Copy>) {
  if (![partition, ...columns].every((name) => plainName.test(name)))
    throw new Error(`not a plain name: ${partition} ${columns.join()}`)
  const stream = client.query(copyFrom(`copy ${partition} (${columns.join(", ")}) from stdin`))
  stream.end(rows)
  await finished(stream)
}

/** Runs a transaction over all organisations, for the worker, the simulator and commands. */
export const asWorker = <T>(run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker" }, run)

/**
 * Like `asWorker`, but all statements see one snapshot. Fails with a conflict if another transaction
 * changed the same rows.
 */
export const asWorkerInOneSnapshot = <T>(run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker", isOneSnapshot: true }, run)

/** Like `asWorkerInOneSnapshot`, in a group, whose tables alone it can see; see groups.ts. */
export const asWorkerInGroup = <T>(group: Group, run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker", isOneSnapshot: true, group }, run)

/** Like `asWorkerInOneSnapshot`, under an advisory lock that is taken before the snapshot. */
export const asWorkerLocked = <T>(lock: Sql, run: (db: Db) => Promise<T>): Promise<T> =>
  inTransaction({ role: "tillwatch_worker", isOneSnapshot: true, lock }, run)

/** Like `inOrganisation`, over Prisma, for small tables. */
export const inOrganisationPrisma = <T>(
  reach: DataScope,
  run: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> => scopedPrisma({ role: roleOf(reach), reach }, run)

/** Like `asWorker`, over Prisma. */
export const asWorkerPrisma = <T>(run: (tx: PrismaTransaction) => Promise<T>): Promise<T> =>
  scopedPrisma({ role: "tillwatch_worker" }, run)

async function scopedPrisma<T>(scope: Scope, run: (tx: PrismaTransaction) => Promise<T>): Promise<T> {
  const isApart = await isDistributed().catch(failed)
  const { role, settings } = scopeStatements(scope)
  const statements = isApart ? [role, forward, ...settings] : [role, ...settings]
  return prisma()
    .$transaction(async (tx) => {
      for (const statement of statements) await tx.$executeRawUnsafe(statement)
      return run(tx)
    })
    .catch(failed)
}

/** Calls a security-definer function, which finds a row by its secret before the organisation is known. */
export const lookUp = <Row>(statement: Sql): Promise<Row[]> =>
  inTransaction({ role: "tillwatch_app", reach: null }, (db) => db.query<Row>(statement))

/** Runs a library's own statement, with the application's role and without an organisation. */
export const runForLibrary = (statement: { text: string; values: unknown[] }): Promise<pg.QueryResult> =>
  inTransaction({ role: "tillwatch_app", reach: null }, (_db, client) => client.query(statement))
