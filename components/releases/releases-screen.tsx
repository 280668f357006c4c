"use client"

import { Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ApprovalsPanel } from "@/components/approvals/approvals-panel"
import { CompliancePanel } from "@/components/releases/compliance-panel"
import { PoliciesPanel } from "@/components/releases/policies-panel"
import { addableColumns, releaseColumns, seenColumns } from "@/components/releases/release-columns"
import { blankRelease, ReleaseDrawer } from "@/components/releases/release-drawer"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { useStored } from "@/components/ui/use-stored"
import { asStored } from "@/lib/base/names/names"
import { approvalsOptions } from "@/lib/fleet/approvals/queries"
import { releasesOptions } from "@/lib/fleet/releases/queries"
import type { ReleaseDraft, RunRelease, SeenRelease } from "@/lib/fleet/releases/schemas"

const idOf = ({ id }: RunRelease) => String(id)
const keyOf = ({ component, version, model }: SeenRelease) => `${component} ${version} ${model}`

/** The releases with their numbers of terminals, and what is required of them. */
export function ReleasesScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  const nameOf = ({ component, version }: SeenRelease | RunRelease) => `${tComponent(component)} ${version}`
  const [edited, setEdited] = useState<{ id: number | null; draft: ReleaseDraft } | null>(null)
  const list = useQuery(releasesOptions())
  const stored = useStored(releasesOptions())
  const approvals = useQuery({ ...approvalsOptions(), select: asStored })
  const unknown = list.data?.unknown ?? []
  const edit = (release: RunRelease) => {
    const { id, modelName: _name, terminals: _count, isCheckOverdue: _overdue, ...draft } = stored(release)
    setEdited({ id, draft })
  }
  return (
    <Stack gap="md">
      <PageHeader title={t("releases")} subtitle={t("releasesSubtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setEdited({ id: null, draft: blankRelease })}>
            {t("newRelease")}
          </Button>
        ) : null}
      </PageHeader>
      <CompliancePanel mayWrite={mayWrite} />
      <PoliciesPanel mayWrite={mayWrite} />
      <Panel title={t("inCatalogue")}>
        <DataTable
          name="releases"
          label={t("inCatalogue")}
          columns={releaseColumns}
          title={t}
          rows={list.data?.data}
          query={list}
          rowId={idOf}
          nameOf={nameOf}
          onOpen={mayWrite ? edit : undefined}
          empty={
            <EmptyState title={t("noReleases")}>{t(mayWrite ? "noReleasesText" : "addedBy")}</EmptyState>
          }
          minWidth={720}
        />
      </Panel>
      {unknown.length === 0 ? null : (
        <Panel title={t("notInCatalogue")}>
          <DataTable
            name="releases-seen"
            label={t("notInCatalogue")}
            columns={mayWrite ? addableColumns : seenColumns}
            title={t}
            rows={unknown}
            query={list}
            rowId={keyOf}
            nameOf={nameOf}
            onOpen={({ component, version, model }) =>
              setEdited({ id: null, draft: { ...blankRelease, component, version, model } })
            }
            empty={null}
            minWidth={520}
          />
        </Panel>
      )}
      {approvals.data ? (
        <ApprovalsPanel
          model={null}
          query={approvals}
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
