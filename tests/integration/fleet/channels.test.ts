import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { channelOf } from "@/lib/fleet/code-packs/channel"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { kindsOf, type Kind } from "@/lib/fleet/code-packs/kind"
import { channelOfSubcause, type Subcause } from "@/lib/fleet/code-packs/subcauses"
import { useDatabase } from "@/tests/support/database"

useDatabase()

type Row = { subcause: string; entry_mode: string; channel: string; kind: string | null }

test("subcause_channel contains exactly what channelOf and kindsOf return", async () => {
  const stored = await asWorker((db) =>
    db.query<Row>(sql`select subcause, entry_mode, channel, kind from subcause_channel`),
  )
  const expected = (Object.keys(channelOfSubcause) as Subcause[]).flatMap((subcause) =>
    [...entryModes, null].flatMap((entryMode): Row[] => {
      const channel = channelOf(subcause, entryMode)
      const kind: Kind | null = kindsOf(subcause, entryMode)[1] ?? null
      return channel === null ? [] : [{ subcause, entry_mode: entryMode ?? "", channel, kind }]
    }),
  )
  const sorted = (rows: Row[]) => rows.map((row) => Object.values(row).join(" ")).toSorted()
  expect(sorted(stored)).toEqual(sorted(expected))
})

test("every response code has a subcause in the table", async () => {
  const unknown = await asWorker((db) =>
    db.query(sql`
      select distinct c.subcause
        from response_code c
       where not exists (select from subcause_channel k where k.subcause = c.subcause)`),
  )
  expect(unknown).toEqual([])
})
