"use client"

import { Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { supplierColumns } from "@/components/suppliers/supplier-columns"
import { SupplierDrawer } from "@/components/suppliers/supplier-drawer"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { useStored } from "@/components/ui/use-stored"
import { suppliersOptions } from "@/lib/fleet/suppliers/queries"
import type { Supplier } from "@/lib/fleet/suppliers/schemas"

const idOf = ({ id }: Supplier) => String(id)
const nameOf = ({ name }: Supplier) => name

/** Suppliers and manufacturers. */
export function SuppliersScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [edited, setEdited] = useState<Supplier | "new" | null>(null)
  const list = useQuery(suppliersOptions())
  const stored = useStored(suppliersOptions())
  return (
    <Stack gap="md">
      <PageHeader title={t("suppliers")} subtitle={t("suppliersSubtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setEdited("new")}>
            {t("newSupplier")}
          </Button>
        ) : null}
      </PageHeader>
      <DataTable
        name="suppliers"
        label={t("suppliers")}
        columns={supplierColumns}
        title={t}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        onOpen={mayWrite ? (supplier) => setEdited(stored(supplier)) : undefined}
        empty={
          <EmptyState title={t("noSuppliers")}>{t(mayWrite ? "noSuppliersText" : "addedBy")}</EmptyState>
        }
      />
      {edited === null ? null : (
        <SupplierDrawer supplier={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Stack>
  )
}
