import { systemActor } from "@/lib/access/actor/actor"
import { createOrganisation } from "@/lib/access/organisation/create-organisation"
import { asOwner } from "@/lib/base/db/client"
import { inOrganisationPrisma, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { parts } from "@/lib/base/parts"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { endOf } from "@/lib/run/evaluation/folder/play-folder"
import { followClock, installClock } from "@/lib/run/evaluation/folder/played-clock"
import { begin, progressOf, type Progress } from "@/lib/run/evaluation/folder/progress"
import { migrate } from "@/lib/run/launch/migrate"

const entriesAtOnce = 2_000

type Preparing = {
  folder: string
  zone: string
  /** The end of the day before the first one. */
  startsAt: Date
  codeSystem: string | undefined
  terminals: TerminalEntry[]
}

/** Prepares an empty database for a folder, or finds how far an interrupted run came. */
export async function prepare(preparing: Preparing): Promise<Progress> {
  const { folder, zone, startsAt, terminals, codeSystem } = preparing
  const before = await progressOf()
  if (before) {
    if (before.folder !== folder)
      throw new AppError("conflict", `The database holds a run of ${before.folder}. Give an empty one.`)
    // A run that has ended gave the clock back, and its folder may have more days by now.
    await installClock(before.lastDay === null ? startsAt : endOf(before.lastDay))
    return before
  }
  await refuseFilled()
  await installClock(startsAt)
  await migrate()
  await followClock()
  const orgId = await createOrganisation({ name: "Evaluation", timeZone: zone })
  await addAcquirers(orgId)
  await addTerminals(terminals, { orgId, codeSystem })
  await ignoreOwnOutages(orgId)
  return begin({ folder, orgId })
}

/** Adds or moves terminals. Those whose codes name no code system get the one that was asked for. */
export async function addTerminals(
  terminals: TerminalEntry[],
  { orgId, codeSystem }: { orgId: string; codeSystem: string | undefined },
): Promise<void> {
  const actor = systemActor(orgId)
  for (const some of parts(terminals, entriesAtOnce)) await upsertTerminals({ actor, entries: [...some] })
  if (codeSystem === undefined) return
  await asOwner((client) =>
    client.query("update terminal set code_system = $2 where org_id = $1 and code_system is null", [
      orgId,
      codeSystem,
    ]),
  )
}

/**
 * Only a database that nobody uses gets a clock that is set: one without tables, or without organisations.
 * The owner is asked, because it is in the owner's database that the clock is set.
 */
async function refuseFilled(): Promise<void> {
  const { isFilled, isBegun } = await asOwner(async (client) => {
    const { rows } = await client.query<{ tables: number; is_migrated: boolean; is_begun: boolean }>(`
      select (select count(*)::int from pg_stat_user_tables) as tables,
             to_regclass('public.organisation') is not null
               and to_regclass('public._prisma_migrations') is not null as is_migrated,
             to_regnamespace('played') is not null as is_begun`)
    const { tables = 0, is_migrated: isMigrated = false, is_begun: isBegun = false } = rows[0] ?? {}
    if (!isMigrated) return { isFilled: tables > 0 && !isBegun, isBegun }
    const organisations = await client.query("select from public.organisation limit 1")
    return { isFilled: organisations.rows.length > 0, isBegun }
  })
  if (!isFilled) return
  throw new AppError(
    "conflict",
    isBegun
      ? "An earlier run was interrupted before its first day. Delete the folder database in its results, " +
          "or give an empty database."
      : "The database at DATABASE_URL is in use. Give an empty one, or none.",
  )
}

/** Known acquirers bring the code system of codes that name none. */
const addAcquirers = (orgId: string) =>
  inOrganisationPrisma(wholeOrganisation(orgId), (tx) =>
    tx.acquirer.createMany({ data: acquirerPresets.map((preset) => ({ orgId, ...preset })) }),
  )

/**
 * A folder says on which day something arrived and not when, so gaps between arrivals are no outages of our
 * own.
 */
const ignoreOwnOutages = (orgId: string) =>
  asOwner((client) =>
    client.query("update organisation set check_outages_at = 'infinity' where id = $1", [orgId]),
  )
