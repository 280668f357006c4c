import { knownApprovals } from "@/lib/fleet/approvals/list-approvals"
import type { Approval, ApprovalDraft } from "@/lib/fleet/approvals/schemas"
import { deleteApproval, insertApproval, updateApproval } from "@/lib/fleet/approvals/sql"
import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"

export const {
  add: addApproval,
  change: changeApproval,
  remove: removeApproval,
} = catalogueVerbs<ApprovalDraft, Approval>({
  kind: "approval",
  nameOf: ({ kind, reference, component, version }) =>
    [component, version, reference ?? kind].filter(Boolean).join(" "),
  references: ({ model, acquirer }) => ({ model, acquirer }),
  models: ({ model }) => (model === null ? [] : [model]),
  find: (db, id) => knownApprovals(db, { id }),
  insert: insertApproval,
  update: updateApproval,
  remove: deleteApproval,
})
