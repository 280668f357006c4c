import { asOwner } from "@/lib/base/db/client"
import type { Day } from "@/lib/base/time/zone"

/** How far a run of a folder has come. */
export type Progress = { folder: string; orgId: string; lastDay: Day | null }

/** Null where no run has begun. */
export const progressOf = (): Promise<Progress | null> =>
  asOwner(async (client) => {
    const exists = await client.query<{ exists: boolean }>(
      "select to_regclass('played.progress') is not null as exists",
    )
    if (!exists.rows[0]?.exists) return null
    const { rows } = await client.query<Progress>(
      `select folder, org_id as "orgId", last_day as "lastDay" from played.progress`,
    )
    return rows[0] ?? null
  })

export const begin = ({ folder, orgId }: Pick<Progress, "folder" | "orgId">): Promise<Progress> =>
  asOwner(async (client) => {
    await client.query("create table played.progress (folder text, org_id uuid, last_day date)")
    await client.query("insert into played.progress (folder, org_id) values ($1, $2)", [folder, orgId])
    return { folder, orgId, lastDay: null }
  })

export const noteDay = (day: Day): Promise<unknown> =>
  asOwner((client) => client.query("update played.progress set last_day = $1", [day]))
