"use client"

import { Anchor, Badge, Button, Group, Table, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ApprovalDrawer } from "@/components/approvals/approval-drawer"
import { Proposals } from "@/components/approvals/proposals"
import { Day, EndDay } from "@/components/catalogue/day"
import { EntryTable } from "@/components/catalogue/entry-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { dayOf } from "@/lib/base/time/reader-day"
import type { Approval, ApprovalDraft, Proposal } from "@/lib/fleet/approvals/schemas"

type Edited = { id: number | null; hint: string | null; draft: ApprovalDraft }

/** Approvals of a model, or of components if `model` is null. */
export function ApprovalsPanel({
  model,
  approvals,
  mayWrite,
}: {
  model: number | null
  approvals: Approval[]
  mayWrite: boolean
}) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  const [edited, setEdited] = useState<Edited | null>(null)
  const title = model === null ? t("componentDates") : t("dates")
  const blank = (): ApprovalDraft => ({
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
    checkedOn: dayOf(new Date()),
  })
  const adopt = ({
    kind,
    component,
    version,
    reference,
    purchaseEndOn,
    deployEndOn,
    useEndOn,
    source,
    checkedOn,
    note,
  }: Proposal) =>
    setEdited({
      id: null,
      hint: note,
      draft: {
        ...blank(),
        kind,
        component,
        version,
        reference,
        purchaseEndOn,
        deployEndOn,
        useEndOn,
        source,
        checkedOn,
      },
    })
  const edit = ({
    id,
    modelName: _model,
    acquirerName: _acquirer,
    isCheckOverdue: _overdue,
    ...draft
  }: Approval) => setEdited({ id, hint: null, draft })
  return (
    <Panel
      title={title}
      action={
        mayWrite ? (
          <Button
            size="xs"
            variant="light"
            onClick={() => setEdited({ id: null, hint: null, draft: blank() })}
          >
            {t("newApproval")}
          </Button>
        ) : null
      }
    >
      {approvals.length === 0 ? (
        <EmptyState title={t("noDates")}>{t("noDatesText")}</EmptyState>
      ) : (
        <EntryTable
          label={title}
          head={[
            t("approval"),
            t("holdsFor"),
            t("purchaseEndOn"),
            t("deployEndOn"),
            t("useEndOn"),
            t("source"),
          ]}
          minWidth={760}
        >
          {approvals.map((approval) => {
            const name = [
              approval.component === null ? null : tComponent(approval.component),
              approval.version,
              approval.reference ?? t(`kinds.${approval.kind}`),
            ]
              .filter(Boolean)
              .join(" ")
            return (
              <Table.Tr key={approval.id}>
                <Table.Td>
                  {mayWrite ? (
                    <Anchor component="button" ta="left" size="sm" onClick={() => edit(approval)}>
                      {name}
                    </Anchor>
                  ) : (
                    name
                  )}
                </Table.Td>
                <Table.Td>
                  {[approval.scheme, approval.acquirerName].filter(Boolean).join(", ") || t("everyone")}
                </Table.Td>
                <Table.Td>
                  <EndDay on={approval.purchaseEndOn} />
                </Table.Td>
                <Table.Td>
                  <EndDay on={approval.deployEndOn} />
                </Table.Td>
                <Table.Td>
                  <EndDay on={approval.useEndOn} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    {approval.source || "—"}
                  </Text>
                  <Group gap={6}>
                    <Text size="xs" c="dimmed">
                      {t("checkedOn")} <Day on={approval.checkedOn} />
                    </Text>
                    {approval.isCheckOverdue ? (
                      <Badge variant="light" color="yellow">
                        {t("checkOverdue")}
                      </Badge>
                    ) : null}
                  </Group>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </EntryTable>
      )}
      {mayWrite ? <Proposals ofComponents={model === null} onAdopt={adopt} /> : null}
      {edited === null ? null : (
        <ApprovalDrawer
          id={edited.id}
          title={edited.draft.reference ?? t("newApproval")}
          hint={edited.hint}
          initial={edited.draft}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  )
}
