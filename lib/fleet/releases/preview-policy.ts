import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { PolicyDraft, PolicyPreview, PolicyPreviewQuery } from "@/lib/fleet/releases/schemas"
import { evaluatedReleases, releases, type Reported } from "@/lib/fleet/releases/sql"
import { isBehind, isComparable } from "@/lib/fleet/releases/version"

const countEvaluated = keptCounts(evaluatedReleases)

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
    const evaluated = (await countEvaluated(db, actor)).filter((one) => one.component === component)
    const versions = versionsOf(evaluated, query.model)
    const behind = versions.filter(({ version }) => isBehind(version, minimumVersion))
    return {
      terminals: sum(versions),
      behind: sum(behind),
      isVersion: await isVersion(db, { component, minimumVersion }, () => Promise.resolve(evaluated)),
      versions,
    }
  })
}

const mostVersions = 1_000

/** The versions of a model, or of all, those of most terminals first. */
function versionsOf(evaluated: readonly Reported[], model: number | undefined): PolicyPreview["versions"] {
  const ofModel = model === undefined ? evaluated : evaluated.filter((one) => one.model === model)
  const terminals = new Map<string, number>()
  for (const one of ofModel) terminals.set(one.version, (terminals.get(one.version) ?? 0) + one.terminals)
  return [...terminals]
    .map(([version, many]) => ({ version, terminals: many }))
    .toSorted((a, b) => b.terminals - a.terminals)
    .slice(0, mostVersions)
}

const sum = (versions: PolicyPreview["versions"]) =>
  versions.reduce((total, { terminals }) => total + terminals, 0)

type Named = Pick<PolicyDraft, "component" | "minimumVersion">

/** Whether a text is a version: it can be compared with others, or a terminal or the catalogue has it. */
async function isVersion(
  db: Db,
  { component, minimumVersion }: Named,
  evaluated: () => Promise<readonly Reported[]>,
): Promise<boolean> {
  if (isComparable(minimumVersion)) return true
  const known = [...(await evaluated()), ...(await releases(db))]
  return known.some((one) => one.component === component && one.version === minimumVersion)
}

/** Refuses a minimum version that no version can be compared with. */
export async function requireVersion(db: Db, draft: Named): Promise<void> {
  if (await isVersion(db, draft, () => evaluatedReleases(db, null))) return
  throw new AppError(
    "invalid",
    "minimumVersion: this is no version. Use one that terminals report, or a number such as 2.1.0.",
    { field: "minimumVersion" },
  )
}
