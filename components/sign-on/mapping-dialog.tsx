"use client"

import { Select, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { useMissing } from "@/components/ui/use-missing"
import { ReachPicker } from "@/components/users/reach-picker"
import { idsOf } from "@/lib/access/actor/describe-reach"
import { hasNoPlaces } from "@/lib/access/actor/has-no-places"
import { saveMapping } from "@/lib/access/sign-on/queries"
import type { GroupMapping } from "@/lib/access/sign-on/schemas"
import { mappedRoles, type MappedRole } from "@/lib/access/sign-on/words"
import { oneOf } from "@/lib/base/one-of"

/** Sets the role and reach of a group. The name of an existing group cannot change. */
export function MappingDialog({ mapping, onClose }: { mapping: GroupMapping | null; onClose: () => void }) {
  const t = useTranslations("signOn")
  const tRole = useTranslations("roles")
  const tReach = useTranslations("reach")
  const missing = useMissing()
  const client = useQueryClient()
  const [group, setGroup] = useState(mapping?.group ?? "")
  const [role, setRole] = useState<MappedRole>(mapping?.role ?? "viewer")
  const [reach, setReach] = useState(idsOf(mapping?.reach ?? null))
  const save = useMutation({
    mutationFn: () => saveMapping({ group, role, reach }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ["sign-on"] }),
  })
  return (
    <Dialog
      title={mapping ? t("editGroup", { group: mapping.group }) : t("add")}
      action={t("save")}
      isBusy={save.isPending}
      notYet={missing([
        group.trim() === "" && t("group"),
        reach !== null && hasNoPlaces(reach) && tReach("label"),
      ])}
      failure={save.error?.message ?? null}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("group")}
        description={t("groupText")}
        value={group}
        maxLength={256}
        required
        disabled={mapping !== null}
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
      <Select
        label={t("role")}
        description={tRole(`what.${role}`)}
        inputWrapperOrder={["label", "input", "description"]}
        allowDeselect={false}
        value={role}
        onChange={(value) => setRole(oneOf(mappedRoles, value) ?? role)}
        data={mappedRoles.map((value) => ({ value, label: tRole(value) }))}
      />
      <ReachPicker value={reach} onChange={setReach} />
    </Dialog>
  )
}
