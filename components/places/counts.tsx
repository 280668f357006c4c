import { Badge, Group } from "@mantine/core"
import { useTranslations } from "next-intl"

/** The numbers of stores and terminals in a place. */
export function Counts({ stores, terminals }: { stores: number; terminals: number }) {
  const t = useTranslations("places")
  return (
    <Group gap={6} wrap="nowrap" pr="xs">
      <Badge variant="light" color="teal">
        {t("stores", { count: stores })}
      </Badge>
      <Badge variant="light" color="gray">
        {t("terminals", { count: terminals })}
      </Badge>
    </Group>
  )
}
