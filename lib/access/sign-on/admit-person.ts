import { endLinksOf } from "@/lib/access/account-links/end-links"
import { scopes, type Actor } from "@/lib/access/actor/actor"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { Client } from "@/lib/access/sessions/client"
import { beginSession, endSessionsOf } from "@/lib/access/sessions/session"
import { groupsOf, type Claims } from "@/lib/access/sign-on/claims"
import {
  accessByGroups,
  insertPerson,
  updatePerson,
  userByOidc,
  type PersonRow,
} from "@/lib/access/sign-on/sql"
import { isSameReach, united, type Access } from "@/lib/access/sign-on/unite"
import type { SignInRefusal } from "@/lib/access/sign-on/words"
import { isUniqueViolation } from "@/lib/base/db/failures"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"

type Arrival = Client & { claims: Claims; groupsClaim: string }
type Admission = { id: string; orgId: string; sessionId: string } | { refusal: SignInRefusal }

/**
 * Signs in a user whom the provider has authenticated, with the access that their groups give. Creates the
 * user at the first sign-in and updates it at each later one. Returns the session or the reason for a
 * refusal.
 */
export async function admitPerson({ claims, groupsClaim, userAgent, address }: Arrival): Promise<Admission> {
  const subject = `${claims.iss}|${claims.sub}`
  const [known] = await userByOidc({ subject, email: claims.email ?? null })
  // A user who belongs to an organisation is not affected by another organisation's mappings.
  const ownOrgId = known?.is_linked || known?.is_invited ? known.org_id : null
  const [given] = await accessByGroups({ groups: groupsOf(claims, groupsClaim), orgId: ownOrgId })
  const orgId = given?.org_id ?? null
  const access = united(given?.mappings ?? [])
  if (orgId === null || access === null) {
    if (known?.is_linked) await shutOut(known, address)
    return { refusal: (given?.organisation_count ?? 0) > 1 ? "two_organisations" : "no_access" }
  }
  const email = claims.email_verified === false ? undefined : claims.email
  if (email === undefined) return { refusal: "unverified_email" }
  if (known?.is_disabled) return { refusal: "disabled" }
  // An email alone takes over no account: it must be verified, and the user invited and without a password.
  const mayLink = known?.is_invited && claims.email_verified === true
  if (known && !known.is_linked && !mayLink) return { refusal: "email_taken" }

  const person = { subject, email, name: claims.name ?? known?.name ?? "" }
  try {
    const userId = await inOrganisation(wholeOrganisation(orgId), (db) =>
      known
        ? bringUpToDate(db, known, { ...person, ...access }, address)
        : welcome(db, { orgId, ...person, ...access }, address),
    )
    return userId === null
      ? { refusal: "email_taken" }
      : { id: userId, orgId, sessionId: await beginSession({ orgId, userId, userAgent, address }) }
  } catch (error) {
    if (isUniqueViolation(error)) return { refusal: "email_taken" }
    throw error
  }
}

type Person = { subject: string; email: string; name: string }

async function welcome(
  db: Db,
  person: Person & Access & { orgId: string },
  address: string | null,
): Promise<string | null> {
  const [row] = await insertPerson(db, person)
  if (!row) return null
  const { orgId, email, role, reach } = person
  await recordAudit(db, actorOf({ id: row.id, org_id: orgId, email, role }, address), [
    { action: "user.arrived", subject: { kind: "user", id: row.id, name: email }, after: { role, reach } },
  ])
  return row.id
}

async function bringUpToDate(
  db: Db,
  known: PersonRow,
  { subject, email, name, ...access }: Person & Access,
  address: string | null,
): Promise<string | null> {
  // Groups neither make nor unmake admins.
  const { role, reach } = known.role === "admin" ? known : access
  const [row] = await updatePerson(db, { userId: known.id, subject, email, name, role, reach })
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
const shutOut = (known: PersonRow, address: string | null): Promise<void> =>
  inOrganisation(wholeOrganisation(known.org_id), async (db) => {
    const ended = await endSessionsOf(db, known.id, null)
    if (ended === 0) return
    await recordAudit(db, actorOf(known, address), [
      { action: "user.refused", subject: { kind: "user", id: known.id, name: known.email } },
    ])
  })

/** The user who signs in is the actor of their own change. */
const actorOf = (
  { id, org_id, email, role }: Pick<PersonRow, "id" | "org_id" | "email" | "role">,
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
