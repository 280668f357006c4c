"use client"

import { Alert, Button, Group, Skeleton, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { MappingDialog } from "@/components/sign-on/mapping-dialog"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { describeReach } from "@/lib/access/actor/describe-reach"
import { groupMappingsOptions, removeMapping } from "@/lib/access/sign-on/queries"
import type { GroupMapping } from "@/lib/access/sign-on/schemas"

/** The roles of the provider's groups. */
export function MappingsPanel() {
  const t = useTranslations("signOn")
  const tRole = useTranslations("roles")
  const tReach = useTranslations("reach")
  const client = useQueryClient()
  const [edited, setEdited] = useState<GroupMapping | "new" | null>(null)
  const list = useQuery(groupMappingsOptions())
  const remove = useMutation({
    mutationFn: removeMapping,
    onSettled: () => client.invalidateQueries({ queryKey: ["sign-on"] }),
  })
  const add = (
    <Button size="xs" onClick={() => setEdited("new")} disabled={list.data === undefined}>
      {t("add")}
    </Button>
  )
  return (
    <Panel title={t("mappings")} action={add}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("mappingsText")}
      </Text>
      {remove.isError ? (
        <Alert color="red" role="alert" mb="sm">
          {remove.error.message}
        </Alert>
      ) : null}
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={120} /> : null}
      {list.data?.data.length === 0 ? <EmptyState title={t("none")}>{t("noneText")}</EmptyState> : null}
      {list.data && list.data.data.length > 0 ? (
        <SimpleTable
          label={t("mappings")}
          minWidth={480}
          head={[
            { key: "group", title: t("group") },
            { key: "role", title: t("role") },
            { key: "reach", title: tReach("label") },
            { key: "actions", title: null },
          ]}
          rows={list.data.data.map((mapping) => ({
            key: String(mapping.id),
            cells: [
              mapping.group,
              tRole(mapping.role),
              describeReach(mapping.reach, tReach),
              <Actions
                key="actions"
                group={mapping.group}
                isBusy={remove.isPending && remove.variables === mapping.id}
                onEdit={() => setEdited(mapping)}
                onRemove={() => remove.mutate(mapping.id)}
              />,
            ],
          }))}
        />
      ) : null}
      {edited === null ? null : (
        <MappingDialog mapping={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Panel>
  )
}

function Actions({
  group,
  isBusy,
  onEdit,
  onRemove,
}: {
  group: string
  isBusy: boolean
  onEdit: () => void
  onRemove: () => void
}) {
  const t = useTranslations("signOn")
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-xs" variant="subtle" onClick={onEdit} aria-label={t("editGroup", { group })}>
        {t("edit")}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        loading={isBusy}
        onClick={onRemove}
        aria-label={t("removeGroup", { group })}
      >
        {t("remove")}
      </Button>
    </Group>
  )
}
