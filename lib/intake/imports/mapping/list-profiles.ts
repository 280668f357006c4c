import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { loadShippedProfiles } from "@/lib/intake/imports/mapping/load-profile"
import { RecordProfile, type ImportProfile, type ImportProfiles } from "@/lib/intake/imports/mapping/schemas"
import { profilesOf, saveProfile as store } from "@/lib/intake/imports/mapping/sql"
import { usualProfiles, type RecordFileKind } from "@/lib/intake/imports/mapping/targets"

/** The built-in profiles that find columns by their names. */
const shippedProfiles = async (): Promise<RecordProfile[]> =>
  (await loadShippedProfiles())
    .filter(({ columns }) => columns !== undefined)
    .map((profile) => RecordProfile.parse(profile))

/** The profiles that the Imports page offers: those that find columns by name, and the organisation's own. */
export async function listProfiles({ actor }: { actor: Actor }): Promise<ImportProfiles> {
  requirePermission(actor, "imports:read")
  const own = await inOrganisation(actor, profilesOf)
  const shipped = await shippedProfiles()
  return {
    data: [
      ...own.map(({ name, profile }) => ({ name, isShipped: false, profile })),
      ...shipped.map((profile) => ({ name: profile.name, isShipped: true, profile })),
    ],
  }
}

/**
 * Saves a mapping under its name, and replaces one with the same name. Only the user's choices are stored:
 * the rest is detected for each file.
 */
export async function saveProfile({
  actor,
  profile,
}: {
  actor: Actor
  profile: RecordProfile
}): Promise<ImportProfile> {
  requirePermission(actor, "imports:write")
  await inOrganisation(actor, async (db) => {
    const before = (await profilesOf(db)).find(({ name }) => name === profile.name)
    await store(db, { orgId: actor.orgId, profile })
    await recordAudit(db, actor, [
      {
        action: "importProfile.saved",
        subject: { kind: "importProfile", id: profile.name, name: profile.name },
        before: before?.profile ?? null,
        after: profile,
      },
    ])
  })
  return { name: profile.name, isShipped: false, profile }
}

const named: readonly [RegExp, string][] = [
  [/拉卡拉|lakala/i, "lakala"],
  [/盛付通|shengpay|shengfutong/i, "shengpay"],
  [/银联商务|chinaums|(?:^|[^a-z])ums(?:[^a-z]|$)/i, "ums"],
]

/** The most likely profile of a file. Its file name may show the acquirer. */
export async function suggestedProfile({
  fileName,
  kind,
  timeZone,
}: {
  fileName: string
  kind: RecordFileKind
  timeZone: string
}): Promise<RecordProfile> {
  const name = kind === "transactions" ? named.find(([pattern]) => pattern.test(fileName))?.[1] : undefined
  const shipped =
    name === undefined ? undefined : (await shippedProfiles()).find((profile) => profile.name === name)
  return shipped
    ? { ...shipped, timeZone }
    : { name: usualProfiles[kind], description: "", kind, timeZone, columns: {}, fields: {} }
}
