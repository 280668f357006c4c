import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import {
  provider,
  useProvider,
  givenSignOn,
  givenProfile,
  signIn,
  userOf,
  auditEntriesOf,
  mayRead,
} from "@/tests/support/sign-on"

useDatabase()
useProvider()

describe("a known email", () => {
  const givenUser = async (
    orgId: string,
    email: string,
    { role = "viewer", passwordHash = null as string | null } = {},
  ) =>
    asWorker((db) =>
      db.query(
        sql`
          insert into app_user (org_id, email, role, password_hash)
          values (${orgId}::uuid, ${email}, ${role}, ${passwordHash})`,
      ),
    )

  test("with a password is not taken over", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    await givenUser(orgId, email, { passwordHash: "a hash" })
    expect(await signIn(subject)).toMatchObject({ error: "email_taken", headers: null })
    expect(await userOf(email)).toMatchObject({ oidc_subject: null })
  })

  test("in another organisation is not taken over", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    const { orgId } = await givenOrganisation()
    await givenUser(orgId, email)
    expect(await signIn(subject)).toMatchObject({ error: "no_access", headers: null })
    expect(await userOf(email)).toMatchObject({ org_id: orgId, oidc_subject: null })
  })

  test("of an invited user is linked if the provider has verified it, and the invitation ends", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.managers, role: "manager" })
    const { subject, email } = givenProfile({ groups: groups.managers })
    await givenUser(orgId, email)
    await asWorker((db) =>
      db.query(sql`insert into account_link (org_id, user_id, purpose, token_hash, expires_at)
      select org_id, id, 'invitation', ${Buffer.from(email)}::bytea, now() + interval '1 day' from app_user
      where email = ${email}`),
    )

    const vague = givenProfile({ groups: groups.managers, email })
    provider.people.set(vague.subject, { email, groups: groups.managers })
    expect(await signIn(vague.subject)).toMatchObject({ error: "email_taken" })

    expect(await mayRead((await signIn(subject)).headers)).toBe(true)
    expect(await userOf(email)).toMatchObject({ role: "manager" })
    expect(
      await asWorker((db) => db.query(sql`select from account_link_by_hash(${Buffer.from(email)}::bytea)`)),
    ).toEqual([])
    expect((await auditEntriesOf(orgId)).at(-1)).toMatchObject({
      action: "user.linked",
      before: { role: "viewer" },
      after: { role: "manager" },
    })
  })

  test("of an invited admin keeps the admin role, which groups neither give nor take", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    await givenUser(orgId, email, { role: "admin" })
    await signIn(subject)
    expect(await userOf(email)).toMatchObject({
      role: "admin",
      reach: null,
      oidc_subject: expect.stringContaining(subject) as string,
    })
  })

  test("of another user of the provider is not taken over by changing an email", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const [one, other] = [givenProfile({ groups: groups.viewers }), givenProfile({ groups: groups.viewers })]
    for (const { subject } of [one, other]) expect(await signIn(subject)).toMatchObject({ error: null })
    provider.people.set(one.subject, { email: other.email, email_verified: true, groups: groups.viewers })
    expect(await signIn(one.subject)).toMatchObject({ error: "email_taken" })
  })
})
