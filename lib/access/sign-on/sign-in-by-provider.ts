import { endLinksOf } from "@/lib/access/account-links/end-links"
import { scopes, type Actor } from "@/lib/access/actor/actor"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { Client } from "@/lib/access/sessions/client"
import { beginSession, endSessionsOf } from "@/lib/access/sessions/session"
import { groupsOf, type Claims } from "@/lib/access/sign-on/claims"
import { isSameReach, combineAccess, type Access } from "@/lib/access/sign-on/combine-access"
import {
  accessByGroups,
  insertProviderUser,
  updateProviderUser,
  userByOidc,
  type ProviderUserRow,
} from "@/lib/access/sign-on/sql"
import type { SignInRefusal } from "@/lib/access/sign-on/words"
import { isUniqueViolation } from "@/lib/base/db/failures"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"

type ProviderSignIn = Client & { claims: Claims; groupsClaim: string }
type SignInResult = { id: string; orgId: string; sessionId: string } | { refusal: SignInRefusal }

/**
 * Signs in a user whom the provider has authenticated, with the access that their groups give. Creates the
 * user at the first sign-in and updates it at each later one. Returns the session or the reason for a
 * refusal.
 */
export async function signInByProvider({
  claims,
  groupsClaim,
  userAgent,
  address,
}: ProviderSignIn): Promise<SignInResult> {
  const subject = `${claims.iss}|${claims.sub}`
  const [known] = await userByOidc({ subject, email: claims.email ?? null })
  // A user who belongs to an organisation is not affected by another organisation's mappings.
  const ownOrgId = known?.is_linked || known?.is_invited ? known.org_id : null
  const [groupAccess] = await accessByGroups({ groups: groupsOf(claims, groupsClaim), orgId: ownOrgId })
  const orgId = groupAccess?.org_id ?? null
  const access = combineAccess(groupAccess?.mappings ?? [])
  if (orgId === null || access === null) {
    if (known?.is_linked) await endAllSessions(known, address)
    return { refusal: (groupAccess?.organisation_count ?? 0) > 1 ? "two_organisations" : "no_access" }
  }
  const email = claims.email_verified === false ? undefined : claims.email
  if (email === undefined) return { refusal: "unverified_email" }
  if (known?.is_disabled) return { refusal: "disabled" }
  // An email alone takes over no account: it must be verified, and the user invited and without a password.
  const mayLink = known?.is_invited && claims.email_verified === true
  if (known && !known.is_linked && !mayLink) return { refusal: "email_taken" }

  const profile = { subject, email, name: claims.name ?? known?.name ?? "" }
  try {
    const userId = await inOrganisation(wholeOrganisation(orgId), (db) =>
      known
        ? updateUser(db, known, { ...profile, ...access }, address)
        : addUser(db, { orgId, ...profile, ...access }, address),
    )
    return userId === null
      ? { refusal: "email_taken" }
      : { id: userId, orgId, sessionId: await beginSession({ orgId, userId, userAgent, address }) }
  } catch (error) {
    if (isUniqueViolation(error)) return { refusal: "email_taken" }
    throw error
  }
}

type Profile = { subject: string; email: string; name: string }

async function addUser(
  db: Db,
  person: Profile & Access & { orgId: string },
  address: string | null,
): Promise<string | null> {
  const [row] = await insertProviderUser(db, person)
  if (!row) return null
  const { orgId, email, role, reach } = person
  await recordAudit(db, actorOf({ id: row.id, org_id: orgId, email, role }, address), [
    { action: "user.arrived", subject: { kind: "user", id: row.id, name: email }, after: { role, reach } },
  ])
  return row.id
}

async function updateUser(
  db: Db,
  known: ProviderUserRow,
  { subject, email, name, ...access }: Profile & Access,
  address: string | null,
): Promise<string | null> {
  // Groups neither make nor unmake admins.
  const { role, reach } = known.role === "admin" ? known : access
  const [row] = await updateProviderUser(db, { userId: known.id, subject, email, name, role, reach })
  if (!row) return null
  if (!known.is_linked) await endLinksOf(db, known.id)
  const hasOtherRights = role !== known.role || !isSameReach(reach, known.reach)
  if (hasOtherRights) await endSessionsOf(db, known.id, null)
  const changes = [
    ...(email === known.email ? [] : [["email", known.email, email] as const]),
    ...(name === known.name ? [] : [["name", known.name, name] as const]),
    ...(role === known.role ? [] : [["role", known.role, role] as const]),
    ...(isSameReach(reach, known.reach) ? [] : [["reach", known.reach, reach] as const]),
  ]
  if (!known.is_linked || changes.length > 0) {
    await recordAudit(db, actorOf({ ...known, email, role }, address), [
      {
        action: known.is_linked ? "user.changed" : "user.linked",
        subject: { kind: "user", id: known.id, name: email },
        before: Object.fromEntries(changes.map(([field, before]) => [field, before])),
        after: Object.fromEntries(changes.map(([field, , after]) => [field, after])),
      },
    ])
  }
  return row.id
}

/** Ends all sessions of a user whose groups give no access any more. */
const endAllSessions = (known: ProviderUserRow, address: string | null): Promise<void> =>
  inOrganisation(wholeOrganisation(known.org_id), async (db) => {
    const ended = await endSessionsOf(db, known.id, null)
    if (ended === 0) return
    await recordAudit(db, actorOf(known, address), [
      { action: "user.refused", subject: { kind: "user", id: known.id, name: known.email } },
    ])
  })

/** The user who signs in is the actor of their own change. */
const actorOf = (
  { id, org_id, email, role }: Pick<ProviderUserRow, "id" | "org_id" | "email" | "role">,
  address: string | null,
): Actor => ({
  orgId: org_id,
  stores: null,
  kind: "user",
  id,
  name: email,
  role,
  scopes,
  address,
})
