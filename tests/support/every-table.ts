import sql, { empty, type Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { accessFillers } from "@/tests/support/tables/access"
import { fleetFillers } from "@/tests/support/tables/fleet"
import { importFillers } from "@/tests/support/tables/imports"
import { nightFillers } from "@/tests/support/tables/nights"
import type { Filler, Place } from "@/tests/support/tables/place"
import { recordFillers } from "@/tests/support/tables/records"

/** Fills each table with `org_id`, in an order that foreign keys allow. */
export const fillers: Record<string, Filler> = {
  ...fleetFillers,
  ...recordFillers,
  ...nightFillers,
  ...importFillers,
  ...accessFillers,
}

const fill = (organisation: Place, stores: Place[], otherwise: Sql): Promise<void> =>
  asOwner(async (client) => {
    for (const { of, row } of Object.values(fillers)) {
      for (const place of of === "organisation" ? [organisation] : stores)
        await client.query(sql`${row(place)} ${otherwise}`)
    }
  })

/** Inserts a row of the organisation and one of each of its stores into every table. */
export const fillEveryTable = (organisation: Place, stores: Place[]): Promise<void> =>
  fill(organisation, stores, empty)

/** Inserts the rows again that were deleted. Existing rows stay. */
export const putBack = (organisation: Place, stores: Place[]): Promise<void> =>
  fill(organisation, stores, sql`on conflict do nothing`)
