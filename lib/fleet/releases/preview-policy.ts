import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { PolicyDraft, PolicyPreview, PolicyPreviewQuery } from "@/lib/fleet/releases/schemas"
import { evaluatedVersions, releases } from "@/lib/fleet/releases/sql"
import { isBehind, isComparable } from "@/lib/fleet/releases/version"

/** Counts the terminals that a minimum version would flag now, and names the versions that they report. */
export async function previewPolicy({
  actor,
  query,
}: {
  actor: Actor
  query: PolicyPreviewQuery
}): Promise<PolicyPreview> {
  const { component, minimumVersion = "" } = query
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const versions = await evaluatedVersions(db, { component, model: query.model ?? null })
    const behind = versions.filter(({ version }) => isBehind(version, minimumVersion))
    return {
      terminals: sum(versions),
      behind: sum(behind),
      isVersion: await isVersion(db, { component, minimumVersion }),
      versions,
    }
  })
}

const sum = (versions: PolicyPreview["versions"]) =>
  versions.reduce((total, { terminals }) => total + terminals, 0)

type Named = Pick<PolicyDraft, "component" | "minimumVersion">

/** Whether a text is a version: it can be compared with others, or a terminal or the catalogue has it. */
async function isVersion(db: Db, { component, minimumVersion }: Named): Promise<boolean> {
  if (isComparable(minimumVersion)) return true
  const reported = await evaluatedVersions(db, { component, model: null })
  const known = [...reported, ...(await releases(db)).filter((release) => release.component === component)]
  return known.some(({ version }) => version === minimumVersion)
}

/** Refuses a minimum version that no version can be compared with. */
export async function requireVersion(db: Db, draft: Named): Promise<void> {
  if (await isVersion(db, draft)) return
  throw new AppError(
    "invalid",
    "minimumVersion: this is no version. Use one that terminals report, or a number such as 2.1.0.",
    { field: "minimumVersion" },
  )
}
