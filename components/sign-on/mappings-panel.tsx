"use client"

import { Alert, Button, Group, Modal, Skeleton, Table, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { MappingForm } from "@/components/sign-on/mapping-form"
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
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t("mappings")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("group")}</Table.Th>
                <Table.Th>{t("role")}</Table.Th>
                <Table.Th>{tReach("label")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.data.map((mapping) => (
                <Table.Tr key={mapping.id}>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{mapping.group}</Table.Td>
                  <Table.Td>{tRole(mapping.role)}</Table.Td>
                  <Table.Td>{describeReach(mapping.reach, tReach)}</Table.Td>
                  <Table.Td>
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => setEdited(mapping)}
                        aria-label={t("editGroup", { group: mapping.group })}
                      >
                        {t("edit")}
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="red"
                        loading={remove.isPending && remove.variables === mapping.id}
                        onClick={() => remove.mutate(mapping.id)}
                        aria-label={t("removeGroup", { group: mapping.group })}
                      >
                        {t("remove")}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === "new" ? t("add") : t("edit")}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        {edited !== null ? (
          <MappingForm mapping={edited === "new" ? null : edited} onDone={() => setEdited(null)} />
        ) : null}
      </Modal>
    </Panel>
  )
}
