import { env } from "@/lib/base/env"
import { onServer } from "@/tests/support/on-server"

/** Open flags of the demo by rule and kind, and its active terminals by state, with the words of the page. */
export const counted = () =>
  onServer(env().DATABASE_URL, async (client) => {
    const flags = await client.query<{ count: number }>(`
      select count(*)::int as count from flag f join organisation o on o.id = f.org_id
       where f.status = 'open' and o.demo_progress_pct is not null and f.snoozed_until is null
       group by f.rule, f.kind order by 1`)
    const states = await client.query<{ state: string; count: number }>(`
      select initcap(s.name) as state, count(t.terminal_id)::int as count
        from unnest(array['online', 'late', 'suspect', 'offline', 'unknown']) as s (name)
        left join (select u.terminal_id, coalesce(st.online_state, 'unknown') as state
                     from terminal_status u join organisation o on o.id = u.org_id
                     left join terminal_state st on st.terminal_id = u.terminal_id
                    where u.status = 'active' and u.to_at is null and o.demo_progress_pct is not null) t
          on t.state = s.name
       group by 1`)
    return {
      flags: flags.rows.map(({ count }) => count),
      states: Object.fromEntries(states.rows.map(({ state, count }) => [state, count])),
    }
  })
