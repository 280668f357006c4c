"use client"

import { Select, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import { ReachPicker } from "@/components/users/reach-picker"
import { roles, type Role } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import { oneOf } from "@/lib/base/one-of"

export type Rights = { role: Role; reach: Reach }

/** Selects role and reach of a user. An admin always sees all stores. */
export function RoleAndReach({ value, onChange }: { value: Rights; onChange: (rights: Rights) => void }) {
  const t = useTranslations("users")
  const tRole = useTranslations("roles")
  return (
    <Stack gap="sm">
      <Select
        label={t("role")}
        description={tRole(`what.${value.role}`)}
        inputWrapperOrder={["label", "input", "description"]}
        allowDeselect={false}
        value={value.role}
        onChange={(chosen) => {
          const role = oneOf(roles, chosen) ?? value.role
          onChange({ role, reach: role === "admin" ? null : value.reach })
        }}
        data={roles.map((role) => ({ value: role, label: tRole(role) }))}
      />
      {value.role === "admin" ? null : (
        <ReachPicker value={value.reach} onChange={(reach) => onChange({ ...value, reach })} />
      )}
    </Stack>
  )
}
