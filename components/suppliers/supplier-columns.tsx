"use client"

import { Badge, Group } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import type { Supplier } from "@/lib/fleet/suppliers/schemas"

function Roles({ row }: { row: Supplier }) {
  const t = useTranslations("catalogue")
  return (
    <Group gap={4}>
      {row.isManufacturer ? <Badge variant="light">{t("isManufacturer")}</Badge> : null}
      {row.isSupplier ? (
        <Badge variant="light" color="blue">
          {t("isSupplier")}
        </Badge>
      ) : null}
    </Group>
  )
}

type Role = "isManufacturer" | "isSupplier"
const rolesOf = (supplier: Supplier) =>
  (["isManufacturer", "isSupplier"] as const).filter((role: Role) => supplier[role])

export const supplierColumns: Column<Supplier>[] = [
  {
    id: "name",
    value: ({ name }) => name,
    cell: ({ row, onOpen }) => <NameCell name={row.name} onOpen={onOpen} />,
  },
  {
    id: "role",
    value: (row) => rolesOf(row).join(" "),
    text: (row, { t }) =>
      rolesOf(row)
        .map((role) => t(`catalogue.${role}`))
        .join(t("common.comma")),
    cell: Roles,
  },
  {
    id: "contact",
    value: ({ contactName, contactPhone, contactEmail }) =>
      [contactName, contactPhone, contactEmail].filter(Boolean).join(" · ") || null,
  },
  { id: "warrantyMonths", value: ({ warrantyMonths }) => warrantyMonths, align: "right" },
  { id: "models", value: ({ models }) => models, align: "right" },
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
]
