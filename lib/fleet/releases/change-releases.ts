import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"
import { requireVersion } from "@/lib/fleet/releases/preview-policy"
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
  find: releases,
  insert: insertRelease,
  update: updateRelease,
  remove: deleteRelease,
})

export const {
  add: addPolicy,
  change: changePolicy,
  remove: removePolicy,
} = catalogueVerbs<PolicyDraft, Policy>({
  kind: "releasePolicy",
  nameOf: ({ component, minimumVersion }) => `${component} ${minimumVersion}`,
  references: ({ model }) => ({ model }),
  models: ({ model }) => [model],
  check: requireVersion,
  find: policies,
  insert: insertPolicy,
  update: updatePolicy,
  remove: deletePolicy,
})
