import { asOwner } from "@/lib/base/db/client"
import type { Day } from "@/lib/base/time/zone"
import { nothingSent, type Sent } from "@/lib/run/evaluation/folder/send-file"

/** How far a run of a folder has come. */
export type Progress = { folder: string; orgId: string; lastDay: Day | null; sent: Sent }

/** Null where no run has begun. */
export const progressOf = (): Promise<Progress | null> =>
  asOwner(async (client) => {
    const exists = await client.query<{ exists: boolean }>(
      "select to_regclass('played.progress') is not null as exists",
    )
    if (!exists.rows[0]?.exists) return null
    const { rows } = await client.query<Progress>(
      `select folder, org_id as "orgId", last_day as "lastDay", sent from played.progress`,
    )
    return rows[0] ?? null
  })

export const begin = ({ folder, orgId }: Pick<Progress, "folder" | "orgId">): Promise<Progress> =>
  asOwner(async (client) => {
    await client.query("create table played.progress (folder text, org_id uuid, last_day date, sent jsonb)")
    await client.query("insert into played.progress (folder, org_id, sent) values ($1, $2, $3)", [
      folder,
      orgId,
      nothingSent(),
    ])
    return { folder, orgId, lastDay: null, sent: nothingSent() }
  })

/** Notes that a day is played, and what was sent so far. */
export const noteDay = (day: Day, sent: Sent): Promise<unknown> =>
  asOwner((client) => client.query("update played.progress set last_day = $1, sent = $2", [day, sent]))
