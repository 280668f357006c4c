import { readFile, readdir } from "node:fs/promises"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import type pg from "pg"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"

const folder = join(process.cwd(), "lib/fleet/code-packs/packs")

/** The code systems of the shipped packs. */
export const shippedSystems = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(".tsv")).map((name) => name.replace(/\.tsv$/, ""))

/** Reads one shipped pack, `<code system>.tsv`. */
export async function readPack(file: string): Promise<ResponseCode[]> {
  const rows: unknown[] = parse(await readFile(join(folder, file), "utf8"), {
    columns: true,
    delimiter: "\t",
    quote: null,
  })
  return rows.map((row) => ResponseCode.parse(row))
}

/**
 * Stores the shipped packs, as the owner. A pack that changed becomes a new version, so that sales already
 * counted keep their meaning. An unchanged pack is skipped.
 */
export async function loadShippedPacks(client: pg.ClientBase): Promise<void> {
  await client.query("begin")
  try {
    await client.query("select pg_advisory_xact_lock(hashtext('tillwatch:packs'))")
    for (const system of await shippedSystems())
      await loadPack(client, system, await readPack(`${system}.tsv`))
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  }
}

// One JSON parameter for each pack. Both `except` queries are empty if the newest version is the same.
const given = `select * from jsonb_to_recordset($2::jsonb) as g (code text, cause text, subcause text,
  remedy text, retry text, device_attributable text, confidence text, meaning_en text, meaning_zh text)`

async function loadPack(client: pg.ClientBase, codeSystem: string, codes: ResponseCode[]): Promise<void> {
  await client.query(
    `with given as (${given}),
     newest as (
       select id, version from code_pack where org_id is null and code_system = $1 order by version desc
       limit 1),
     stored as (
       select code, cause, subcause, remedy, retry, device_attributable, confidence, meaning_en, meaning_zh
         from response_code where pack_id = (select id from newest)),
     pack as (
       insert into code_pack (code_system, version)
       select $1, coalesce((select version from newest), 0) + 1
        where exists (table given except table stored) or exists (table stored except table given)
       returning id)
     insert into response_code (pack_id, code, cause, subcause, remedy, retry, device_attributable,
       confidence, meaning_en, meaning_zh)
     select pack.id, given.* from pack, given`,
    [codeSystem, JSON.stringify(codes)],
  )
}
