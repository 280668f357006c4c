import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import type { Component } from "@/lib/fleet/catalogue/components"
import type { PolicyDraft, PolicyPreview, PolicyPreviewQuery } from "@/lib/fleet/releases/schemas"
import { evaluatedReleases, releases, type Evaluated } from "@/lib/fleet/releases/sql"
import { evaluatedOf, standingNow } from "@/lib/fleet/releases/standards-of"
import { isComparable } from "@/lib/fleet/releases/version"

/** Counts the terminals that a policy would flag now, and names the versions that they report. */
export async function previewPolicy({
  actor,
  query,
}: {
  actor: Actor
  query: PolicyPreviewQuery
}): Promise<PolicyPreview> {
  const { component, model = null, minimumVersion = null, mostLinesBehind = null, maxAgeDays = null } = query
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const evaluated = await evaluatedOf(db, actor, { component, model })
    const known = await releases(db)
    const policy: PolicyDraft = { component, model, minimumVersion, mostLinesBehind, maxAgeDays, dueOn: null }
    const present = { standards: { policies: [policy], releases: known }, now: new Date() }
    const standing = (one: Evaluated) => standingNow(one, present)
    return {
      terminals: sum(evaluated),
      behind: sum(evaluated.filter((one) => standing(one) === "behind")),
      soon: sum(evaluated.filter((one) => standing(one) === "soon")),
      isVersion: minimumVersion === null || isVersion([...evaluated, ...known], component, minimumVersion),
      versions: [...groupBy(evaluated, ({ version }) => version)]
        .map(([version, reported]) => ({
          version,
          terminals: sum(reported),
          behind: sum(reported.filter((one) => standing(one) === "behind")),
        }))
        .toSorted((a, b) => b.terminals - a.terminals)
        .slice(0, mostVersions),
    }
  })
}

const mostVersions = 1_000

const sum = (counted: readonly { terminals: number }[]) =>
  counted.reduce((total, { terminals }) => total + terminals, 0)

type Named = { component: Component; version: string }

/** Whether a text is a version: it can be compared with others, or a terminal or the catalogue has it. */
const isVersion = (known: readonly Named[], component: Component, text: string): boolean =>
  isComparable(text) || known.some((one) => one.component === component && one.version === text)

/** Refuses a policy that requires nothing, or what no version can be compared with. */
export async function requireRequirement(db: Db, draft: PolicyDraft): Promise<void> {
  const { component, minimumVersion: minimum, mostLinesBehind, maxAgeDays } = draft
  const isPatch = component === "securityPatch"
  if (minimum === null && mostLinesBehind === null && maxAgeDays === null)
    throw refused("minimumVersion", "give a version, release lines or an age")
  if (mostLinesBehind !== null && isPatch) throw refused("mostLinesBehind", "security patches have no lines")
  if (maxAgeDays !== null && !isPatch) throw refused("maxAgeDays", "only security patches have an age")
  if (minimum === null || isComparable(minimum)) return
  const known = [...(await evaluatedReleases(db, null)), ...(await releases(db))]
  if (!isVersion(known, component, minimum))
    throw refused(
      "minimumVersion",
      "this is no version. Use one that terminals report, or a number such as 2.1.0.",
    )
}

const refused = (field: keyof PolicyDraft, why: string) =>
  new AppError("invalid", `${field}: ${why}`, { field })
