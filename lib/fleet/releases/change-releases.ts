import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"
import { requireRequirement } from "@/lib/fleet/releases/preview-policy"
import type { Policy, PolicyDraft, Release, ReleaseDraft } from "@/lib/fleet/releases/schemas"
import {
  deletePolicy,
  deleteRelease,
  insertPolicy,
  insertRelease,
  policies,
  releases,
  updatePolicy,
  updateRelease,
} from "@/lib/fleet/releases/sql"

export const {
  add: addRelease,
  change: changeRelease,
  remove: removeRelease,
} = catalogueVerbs<ReleaseDraft, Release>({
  kind: "release",
  nameOf: ({ component, version }) => `${component} ${version}`,
  references: ({ model }) => ({ model }),
  // Policies count newer release lines.
  models: ({ model }) => [model],
  find: releases,
  insert: insertRelease,
  update: updateRelease,
  remove: deleteRelease,
})

const policyName = ({ component, minimumVersion, mostLinesBehind, maxAgeDays }: PolicyDraft): string =>
  [
    component,
    minimumVersion,
    mostLinesBehind === null ? null : `N-${mostLinesBehind}`,
    maxAgeDays === null ? null : `${maxAgeDays} d`,
  ]
    .filter((part) => part !== null)
    .join(" ")

export const {
  add: addPolicy,
  change: changePolicy,
  remove: removePolicy,
} = catalogueVerbs<PolicyDraft, Policy>({
  kind: "releasePolicy",
  nameOf: policyName,
  references: ({ model }) => ({ model }),
  models: ({ model }) => [model],
  check: requireRequirement,
  find: policies,
  insert: insertPolicy,
  update: updatePolicy,
  remove: deletePolicy,
})
