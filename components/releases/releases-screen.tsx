"use client"

import { Anchor, Badge, Button, Group, Stack, Table } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ApprovalsPanel } from "@/components/approvals/approvals-panel"
import { Day, EndDay } from "@/components/catalogue/day"
import { EntryList } from "@/components/catalogue/entry-list"
import { EntryTable } from "@/components/catalogue/entry-table"
import { PoliciesPanel } from "@/components/releases/policies-panel"
import { blankRelease, ReleaseDrawer } from "@/components/releases/release-drawer"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { approvalsOptions } from "@/lib/fleet/approvals/queries"
import { releasesOptions } from "@/lib/fleet/releases/queries"
import type { ReleaseDraft } from "@/lib/fleet/releases/schemas"

/** The releases with their numbers of terminals, and the minimum versions. */
export function ReleasesScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  const [edited, setEdited] = useState<{ id: number | null; draft: ReleaseDraft } | null>(null)
  const list = useQuery(releasesOptions())
  const approvals = useQuery(approvalsOptions())
  const unknown = list.data?.unknown ?? []
  return (
    <Stack gap="md">
      <PageHeader title={t("releases")} subtitle={t("releasesText")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setEdited({ id: null, draft: blankRelease })}>
            {t("newRelease")}
          </Button>
        ) : null}
      </PageHeader>
      <PoliciesPanel mayWrite={mayWrite} />
      <Panel title={t("inCatalogue")}>
        <EntryList
          list={list}
          isEmpty={({ data }) => data.length === 0}
          empty={<EmptyState title={t("noReleases")}>{t("noReleasesText")}</EmptyState>}
        >
          {({ data }) => (
            <EntryTable
              label={t("inCatalogue")}
              head={[
                t("component"),
                t("version"),
                t("model"),
                t("terminals"),
                t("releasedOn"),
                t("supportEndOn"),
                t("source"),
              ]}
              minWidth={720}
            >
              {data.map(({ id, modelName, terminals, isCheckOverdue, ...draft }) => (
                <Table.Tr key={id}>
                  <Table.Td>{tComponent(draft.component)}</Table.Td>
                  <Table.Td>
                    {mayWrite ? (
                      <Anchor component="button" size="sm" onClick={() => setEdited({ id, draft })}>
                        {draft.version}
                      </Anchor>
                    ) : (
                      draft.version
                    )}
                  </Table.Td>
                  <Table.Td>{modelName ?? t("allModels")}</Table.Td>
                  <Table.Td>{terminals}</Table.Td>
                  <Table.Td>
                    <Day on={draft.releasedOn} />
                  </Table.Td>
                  <Table.Td>
                    <EndDay on={draft.supportEndOn} />
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>
                    <Group gap={6}>
                      {draft.source ?? "—"}
                      {isCheckOverdue ? (
                        <Badge variant="light" color="yellow">
                          {t("checkOverdue")}
                        </Badge>
                      ) : null}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </EntryTable>
          )}
        </EntryList>
      </Panel>
      {unknown.length === 0 ? null : (
        <Panel title={t("notInCatalogue")}>
          <EntryTable
            label={t("notInCatalogue")}
            head={[
              t("component"),
              t("version"),
              t("model"),
              t("terminals"),
              ...(mayWrite ? [t("action")] : []),
            ]}
            minWidth={520}
          >
            {unknown.map(({ component, version, model, modelName, terminals }) => (
              <Table.Tr key={`${component} ${version} ${model}`}>
                <Table.Td>{tComponent(component)}</Table.Td>
                <Table.Td>{version}</Table.Td>
                <Table.Td>{modelName ?? t("notKnown")}</Table.Td>
                <Table.Td>{terminals}</Table.Td>
                {mayWrite ? (
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="light"
                      aria-label={t("addNamed", { version: `${tComponent(component)} ${version}` })}
                      onClick={() =>
                        setEdited({ id: null, draft: { ...blankRelease, component, version, model } })
                      }
                    >
                      {t("addToCatalogue")}
                    </Button>
                  </Table.Td>
                ) : null}
              </Table.Tr>
            ))}
          </EntryTable>
        </Panel>
      )}
      {approvals.data ? (
        <ApprovalsPanel
          model={null}
          approvals={approvals.data.data.filter(({ model }) => model === null)}
          mayWrite={mayWrite}
        />
      ) : null}
      {edited === null ? null : (
        <ReleaseDrawer id={edited.id} initial={edited.draft} onClose={() => setEdited(null)} />
      )}
    </Stack>
  )
}
