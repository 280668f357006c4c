import { createHash, randomBytes, randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { systemActor, type Actor, type Scope } from "@/lib/access/actor/actor"
import { asWorker, type Db } from "@/lib/base/db/transaction"

export type Organisation = {
  orgId: string
  actor: Actor
  ingestKey: string
  readKey: string
  unassignedStoreId: number
}

async function only<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows
  if (!row) throw new Error("the statement returned no row")
  return row
}

export async function givenKey(db: Db, orgId: string, scopes: Scope[]): Promise<string> {
  const key = `tw_${randomBytes(24).toString("base64url")}`
  const hash = createHash("sha256").update(key).digest()
  await db.query(sql`insert into api_key (org_id, label, prefix, key_hash, scopes)
    values (${orgId}::uuid, 'test', ${key.slice(0, 10)}, ${hash}::bytea, ${scopes}::text[])`)
  return key
}

type OrganisationOverrides = {
  timeZone?: string
  enrolUnknown?: boolean
  rawRetentionDays?: number
  hourRetentionDays?: number
}

/** An organisation for one test, with its unassigned store and a key for each scope. */
export const givenOrganisation = (overrides: OrganisationOverrides = {}): Promise<Organisation> =>
  asWorker(async (db) => {
    const { id: orgId } = await only(
      db.query<{
        id: string
      }>(sql`insert into organisation (name, time_zone, enrol_unknown, raw_retention_days,
        hour_retention_days)
        values (${`Org ${randomUUID()}`}, ${overrides.timeZone ?? "Asia/Shanghai"},
          ${overrides.enrolUnknown ?? true}::boolean,
                ${overrides.rawRetentionDays ?? 35}::int, ${overrides.hourRetentionDays ?? 90}::int)
        returning id`),
    )
    const { id: unassignedStoreId } = await only(
      db.query<{ id: number }>(sql`insert into store (org_id, code, name, time_zone, is_unassigned)
        values (${orgId}::uuid, 'unassigned', 'Unassigned', ${overrides.timeZone ?? "Asia/Shanghai"}, true)
        returning id`),
    )
    const [ingestKey, readKey] = [await givenKey(db, orgId, ["ingest"]), await givenKey(db, orgId, ["read"])]
    return { orgId, actor: systemActor(orgId), ingestKey, readKey, unassignedStoreId }
  })

type StoreOverrides = {
  code?: string
  name?: string
  timeZone?: string
  openingHours?: object | null
  exceptions?: object
  closedOn?: string
  merchantId?: number
}

export const givenStore = (
  orgId: string,
  overrides: StoreOverrides = {},
): Promise<{ storeId: number; code: string }> =>
  asWorker(async (db) => {
    const code = overrides.code ?? `S${randomBytes(4).toString("hex")}`
    const hours = overrides.openingHours ? JSON.stringify(overrides.openingHours) : null
    const { id } = await only(
      db.query<{
        id: number
      }>(sql`insert into store (org_id, merchant_id, code, name, time_zone, opening_hours, hours_exceptions,
        closed_on)
        values (${orgId}::uuid, ${overrides.merchantId ?? null}::bigint, ${code},
          ${overrides.name ?? `Store ${code}`},
                ${overrides.timeZone ?? "Asia/Shanghai"}, ${hours}::jsonb,
                ${JSON.stringify(overrides.exceptions ?? {})}::jsonb, ${overrides.closedOn ?? null}::date)
                  returning id`),
    )
    return { storeId: id, code }
  })

type TerminalOverrides = {
  serial?: string
  tid?: string
  storeId?: number
  modelId?: number
  status?: string
  codeSystem?: string
}

/**
 * A terminal with store, status and TID, assigned from 1970 on, and noted as new. Without `storeId` it gets
 * its own store.
 */
export async function givenTerminal(orgId: string, overrides: TerminalOverrides = {}) {
  const storeId = overrides.storeId ?? (await givenStore(orgId)).storeId
  // With the letter, no serial number and what follows it can look like a card number.
  const serial = overrides.serial ?? `SN${randomBytes(3).toString("hex")}x${randomBytes(3).toString("hex")}`
  const tid = overrides.tid ?? `T${randomBytes(4).toString("hex")}`
  return asWorker(async (db) => {
    const { id: terminalId } = await only(
      db.query<{ id: number }>(sql`insert into terminal (org_id, serial, model_id, code_system)
        values (${orgId}::uuid, ${serial}, ${overrides.modelId ?? null}::bigint,
          ${overrides.codeSystem ?? null}) returning id`),
    )
    await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
      values (${orgId}::uuid, ${terminalId}::bigint, ${storeId}::bigint, '1970-01-01')`)
    await db.query(sql`insert into terminal_status (org_id, terminal_id, status, from_at)
      values (${orgId}::uuid, ${terminalId}::bigint, ${overrides.status ?? "active"}, '1970-01-01')`)
    await db.query(sql`insert into terminal_tid (org_id, terminal_id, tid, from_at)
      values (${orgId}::uuid, ${terminalId}::bigint, ${tid}, '1970-01-01')`)
    await db.query(sql`insert into fleet_change (org_id, kind, subject_id)
      values (${orgId}::uuid, 'terminal', ${terminalId}::bigint)`)
    return { terminalId, serial, storeId, tid }
  })
}
