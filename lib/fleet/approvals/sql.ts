import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Approval, ApprovalDraft } from "@/lib/fleet/approvals/schemas"

export type ApprovalRow = Omit<Approval, "isCheckOverdue">

/** All approvals, those of one model, or the one with this id. Models first, sorted by name. */
export const approvals = (
  db: Db,
  { id = null, model = null }: { id?: number | null; model?: number | null },
) =>
  db.query<ApprovalRow>(sql`
  select a.id, a.model_id as model, m.name as "modelName", a.component, a.version, a.kind, a.reference,
         a.scheme, a.acquirer_id as acquirer, q.name as "acquirerName",
         a.purchase_end_on as "purchaseEndOn", a.deploy_end_on as "deployEndOn", a.use_end_on as "useEndOn",
         a.source, a.checked_on as "checkedOn"
    from approval a
    left join terminal_model m on m.id = a.model_id
    left join acquirer q on q.id = a.acquirer_id
   where (${id}::bigint is null or a.id = ${id}::bigint)
     and (${model}::bigint is null or a.model_id = ${model}::bigint)
   order by m.name, a.component, a.version, a.kind, a.reference, a.id
   limit 5000`)

export const insertApproval = (db: Db, orgId: string, draft: ApprovalDraft) =>
  db.query<{ id: number }>(sql`
  insert into approval (org_id, model_id, component, version, kind, reference, scheme, acquirer_id,
    purchase_end_on, deploy_end_on, use_end_on, source, checked_on)
  values (${orgId}::uuid, ${draft.model}, ${draft.component}, ${draft.version}, ${draft.kind},
    ${draft.reference}, ${draft.scheme}, ${draft.acquirer},
          ${draft.purchaseEndOn}::date, ${draft.deployEndOn}::date, ${draft.useEndOn}::date, ${draft.source},
          ${draft.checkedOn}::date)
  returning id`)

export const updateApproval = (db: Db, id: number, draft: ApprovalDraft) =>
  db.query(sql`
  update approval
     set model_id = ${draft.model}, component = ${draft.component}, version = ${draft.version},
         kind = ${draft.kind}, reference = ${draft.reference},
         scheme = ${draft.scheme}, acquirer_id = ${draft.acquirer},
         purchase_end_on = ${draft.purchaseEndOn}::date, deploy_end_on = ${draft.deployEndOn}::date,
         use_end_on = ${draft.useEndOn}::date, source = ${draft.source}, checked_on = ${draft.checkedOn}::date
   where id = ${id}::bigint`)

export const deleteApproval = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from approval where id = ${id}::bigint returning id`)
