"use client"

import { Button } from "@mantine/core"
import { useNow, useTimeZone, useTranslations } from "next-intl"
import { useState } from "react"
import { approvalColumns } from "@/components/approvals/approval-columns"
import { ApprovalDrawer } from "@/components/approvals/approval-drawer"
import { Proposals } from "@/components/approvals/proposals"
import { DataTable, type ListQuery } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { useLanguage } from "@/components/ui/use-language"
import { namesIn } from "@/lib/base/names/names"
import { dayOf } from "@/lib/base/time/reader-day"
import type { Approval, ApprovalDraft, Proposal } from "@/lib/fleet/approvals/schemas"

type Edited = { id: number | null; hint: string | null; draft: ApprovalDraft }

const idOf = ({ id }: Approval) => String(id)
const nameOf = ({ version, reference, kind }: Approval) => reference ?? version ?? kind

const blankDraft = (model: number | null, checkedOn: string): ApprovalDraft => ({
  model,
  component: model === null ? "os" : null,
  version: model === null ? "" : null,
  kind: model === null ? "os" : "pci_pts",
  reference: null,
  scheme: null,
  acquirer: null,
  purchaseEndOn: null,
  deployEndOn: null,
  useEndOn: null,
  source: "",
  checkedOn,
})

/** A new approval from a proposal. */
const draftOf = (
  { kind, component, version, reference, purchaseEndOn, deployEndOn, useEndOn, source, checkedOn }: Proposal,
  model: number | null,
): ApprovalDraft => ({
  ...blankDraft(model, checkedOn),
  kind,
  component,
  version,
  reference,
  purchaseEndOn,
  deployEndOn,
  useEndOn,
  source,
})

/** Approvals of a model, or of components if `model` is null. */
export function ApprovalsPanel({
  model,
  approvals,
  query,
  mayWrite,
}: {
  model: number | null
  /** As stored, for the form. */
  approvals: Approval[]
  /** The query that loads the approvals. */
  query: ListQuery
  mayWrite: boolean
}) {
  const t = useTranslations("catalogue")
  const today = dayOf(useNow(), useTimeZone() ?? "UTC")
  const [edited, setEdited] = useState<Edited | null>(null)
  const title = model === null ? t("componentDates") : t("dates")
  const adopt = (proposal: Proposal) =>
    setEdited({ id: null, hint: proposal.note, draft: draftOf(proposal, model) })
  const language = useLanguage()
  const edit = (shown: Approval) => {
    const approval = approvals.find(({ id }) => id === shown.id) ?? shown
    const { id, modelName: _model, acquirerName: _acquirer, isCheckOverdue: _overdue, ...draft } = approval
    setEdited({ id, hint: null, draft })
  }
  return (
    <Panel
      title={title}
      action={
        mayWrite ? (
          <Button
            size="xs"
            variant="light"
            onClick={() => setEdited({ id: null, hint: null, draft: blankDraft(model, today) })}
          >
            {t("newApproval")}
          </Button>
        ) : null
      }
    >
      <DataTable
        name="approvals"
        label={title}
        columns={approvalColumns}
        title={t}
        rows={namesIn(language, approvals)}
        query={query}
        rowId={idOf}
        nameOf={nameOf}
        onOpen={mayWrite ? edit : undefined}
        empty={<EmptyState title={t("noDates")}>{t(mayWrite ? "noDatesText" : "addedBy")}</EmptyState>}
        minWidth={760}
      />
      {mayWrite ? <Proposals ofComponents={model === null} onAdopt={adopt} /> : null}
      {edited === null ? null : (
        <ApprovalDrawer
          id={edited.id}
          title={
            edited.draft.reference ??
            (edited.id === null ? t("newApproval") : t(`kinds.${edited.draft.kind}`))
          }
          hint={edited.hint}
          initial={edited.draft}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  )
}
