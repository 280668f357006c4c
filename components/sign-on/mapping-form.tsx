"use client"

import { Alert, Button, Group, MultiSelect, SegmentedControl, Select, Stack, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState, type FormEvent } from "react"
import { saveMapping } from "@/lib/sign-on/queries"
import type { GroupMapping, GroupMappings, Places } from "@/lib/sign-on/schemas"
import { mappedRoles, type MappedRole } from "@/lib/sign-on/words"

type Props = { mapping: GroupMapping | null; places: GroupMappings["places"]; onDone: () => void }

const kinds = ["merchants", "regions", "stores"] as const
const nowhere: Places = { merchants: [], regions: [], stores: [] }
const shownPlaces = 100

/** Says what a group means; the name of one that is there already stays. */
export function MappingForm({ mapping, places, onDone }: Props) {
  const t = useTranslations("signOn")
  const client = useQueryClient()
  const [group, setGroup] = useState(mapping?.group ?? "")
  const [role, setRole] = useState<MappedRole>(mapping?.role ?? "viewer")
  const [isWhole, setIsWhole] = useState((mapping?.reach ?? null) === null)
  const [reach, setReach] = useState(mapping?.reach ?? nowhere)
  const save = useMutation({
    mutationFn: () => saveMapping({ group, role, reach: isWhole ? null : reach }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["sign-on"] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const isNowhere = !isWhole && kinds.every((kind) => reach[kind].length === 0)
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={t("group")} description={t("groupText")} value={group} maxLength={256} required withAsterisk={false} disabled={mapping !== null} onChange={(event) => setGroup(event.currentTarget.value)} />
        <Select label={t("role")} value={role} allowDeselect={false} onChange={(value) => setRole(mappedRoles.find((known) => known === value) ?? role)} data={mappedRoles.map((value) => ({ value, label: t(`roles.${value}`) }))} />
        <SegmentedControl aria-label={t("reach")} value={isWhole ? "whole" : "some"} onChange={(value) => setIsWhole(value === "whole")} data={[{ value: "whole", label: t("whole") }, { value: "some", label: t("some") }]} />
        {isWhole ? null : kinds.map((kind) => (
          <MultiSelect key={kind} label={t(kind)} searchable limit={shownPlaces} value={reach[kind].map(String)} onChange={(ids) => setReach({ ...reach, [kind]: ids.map(Number) })} data={places[kind].map(({ id, name }) => ({ value: String(id), label: name }))} />
        ))}
        {save.isError ? <Alert color="red" role="alert">{save.error.message}</Alert> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>{t("cancel")}</Button>
          <Button type="submit" loading={save.isPending} disabled={group.trim() === "" || isNowhere}>{t("save")}</Button>
        </Group>
      </Stack>
    </form>
  )
}
