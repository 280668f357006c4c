import pg from "pg"

/** Adds an open incident, as a night does, and returns its id. */
export async function givenIncident(): Promise<string> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(`
      insert into incident (org_id, class, subject, value, first_on, last_on, opened_at, observed,
        expected, p, timeline)
      select id, 'issuer', 'issuer/e2e ' || clock_timestamp(), '622848', current_date, current_date, now(),
             62, 7, 1e-12,
             '[{"at": "2026-11-30T02:00:00.000Z", "what": "opened", "observed": 62, "expected": 7}]'
        from organisation order by created_at limit 1
      returning id`)
    return String(rows[0]?.id)
  } finally {
    await client.end()
  }
}
