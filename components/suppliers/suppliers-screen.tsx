"use client"

import { Anchor, Badge, Button, Group, Stack, Table } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { EntryList } from "@/components/catalogue/entry-list"
import { EntryTable } from "@/components/catalogue/entry-table"
import { SupplierDrawer } from "@/components/suppliers/supplier-drawer"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { suppliersOptions } from "@/lib/fleet/suppliers/queries"
import type { Supplier } from "@/lib/fleet/suppliers/schemas"

/** Suppliers and manufacturers. */
export function SuppliersScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [edited, setEdited] = useState<Supplier | "new" | null>(null)
  const add = mayWrite ? (
    <Button size="xs" onClick={() => setEdited("new")}>
      {t("newSupplier")}
    </Button>
  ) : null
  return (
    <Stack gap="md">
      <PageHeader title={t("suppliers")} subtitle={t("suppliersText")}>
        {add}
      </PageHeader>
      <EntryList
        list={useQuery(suppliersOptions())}
        isEmpty={({ data }) => data.length === 0}
        empty={<EmptyState title={t("noSuppliers")}>{t("noSuppliersText")}</EmptyState>}
      >
        {({ data }) => (
          <EntryTable
            label={t("suppliers")}
            head={[t("name"), t("role"), t("contact"), t("warrantyMonths"), t("models"), t("terminals")]}
          >
            {data.map((supplier) => (
              <Table.Tr key={supplier.id}>
                <Table.Td>
                  {mayWrite ? (
                    <Anchor component="button" ta="left" size="sm" onClick={() => setEdited(supplier)}>
                      {supplier.name}
                    </Anchor>
                  ) : (
                    supplier.name
                  )}
                </Table.Td>
                <Table.Td>
                  <Group gap={4}>
                    {supplier.isManufacturer ? <Badge variant="light">{t("isManufacturer")}</Badge> : null}
                    {supplier.isSupplier ? (
                      <Badge variant="light" color="blue">
                        {t("isSupplier")}
                      </Badge>
                    ) : null}
                  </Group>
                </Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  {[supplier.contactName, supplier.contactPhone, supplier.contactEmail]
                    .filter(Boolean)
                    .join(" · ") || "—"}
                </Table.Td>
                <Table.Td>{supplier.warrantyMonths ?? "—"}</Table.Td>
                <Table.Td>{supplier.models}</Table.Td>
                <Table.Td>{supplier.terminals}</Table.Td>
              </Table.Tr>
            ))}
          </EntryTable>
        )}
      </EntryList>
      {edited === null ? null : (
        <SupplierDrawer supplier={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Stack>
  )
}
