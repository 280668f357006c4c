import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** The channels of failed reads. Verdicts have kinds of the same names. */
export const readChannels = ["chip", "contactless", "magstripe"] as const
type ReadChannel = (typeof readChannels)[number]

export type FailedRead = {
  card: string
  terminalId: number
  operator: string
  day: string
  happenedAt: Date
  channel: ReadChannel
}

type Days = { orgId: string; firstDay: string; lastDay: string }

/** The failed reads of cards on these days, without retries. */
export const failedReads = (db: Db, { orgId, firstDay, lastDay }: Days) =>
  db.query<FailedRead>(sql`
    with failed as (
      select v.terminal_id, v.id, v.at, v.operator, v.happened_at, v.kind,
             (v.happened_at at time zone s.time_zone)::date as day
        from verdict v
        join store s on s.id = v.store_id
       where v.org_id = ${orgId}::uuid and not v.is_retry and v.kind = any(${[...readChannels]}::text[])
         and v.happened_at >= ${firstDay}::date - interval '1 day'
         and v.happened_at < ${lastDay}::date + interval '2 days')
    select h.card_ref as card, f.terminal_id as "terminalId",
           substr(f.operator, strpos(f.operator, ':') + 1) as operator, f.day, f.happened_at as "happenedAt",
           f.kind as channel
      from failed f
      join transaction h on h.terminal_id = f.terminal_id and h.id = f.id and h.at = f.at
     where h.card_ref is not null and f.day between ${firstDay}::date and ${lastDay}::date`)

export type FailedCard = { card: string; terminalId: number; happenedAt: Date }

/** All failed reads of those of the cards that failed at two terminals or more. */
export const failedAtSeveral = (db: Db, { orgId, cards }: { orgId: string; cards: readonly string[] }) =>
  db.query<FailedCard>(sql`
    with failed as (
      select g.card_ref, g.terminal_id, g.happened_at,
             min(g.terminal_id) over of_card <> max(g.terminal_id) over of_card as is_at_several
        from card_sighting g
       where g.org_id = ${orgId}::uuid and g.card_ref = any(${[...cards]}::text[])
         and g.kind = any(${[...readChannels]}::text[])
      window of_card as (partition by g.card_ref))
    select card_ref as card, terminal_id as "terminalId", happened_at as "happenedAt"
      from failed
     where is_at_several`)
