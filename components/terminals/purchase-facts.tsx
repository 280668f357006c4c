"use client"

import { Badge, Group, SimpleGrid, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Day } from "@/components/catalogue/day"
import { Fact } from "@/components/terminals/fact"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** Supplier, date of purchase and warranty of a terminal. */
export function PurchaseFacts({
  terminal: { supplier, boughtOn, warrantyUntil, warrantyBasis, isWarrantyOver },
}: {
  terminal: Terminal
}) {
  const t = useTranslations("terminal")
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      <Fact name={t("supplier")}>{supplier?.name ?? "—"}</Fact>
      <Fact name={t("boughtOn")}>
        <Day on={boughtOn} />
      </Fact>
      <Fact name={t("warrantyUntil")}>
        <Group gap={6}>
          <Day on={warrantyUntil} />
          {isWarrantyOver ? (
            <Badge size="sm" variant="light" color="red">
              {t("warrantyOver")}
            </Badge>
          ) : null}
          {warrantyBasis ? (
            <Text span size="xs" c="dimmed">
              {t(`warrantyBasis.${warrantyBasis}`)}
            </Text>
          ) : null}
        </Group>
      </Fact>
    </SimpleGrid>
  )
}
