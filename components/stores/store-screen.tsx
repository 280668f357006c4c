"use client"

import { ActionIcon, Alert, Badge, Button, Group, Menu, SimpleGrid, Skeleton, Stack } from "@mantine/core"
import { IconDots } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { FlagCard } from "@/components/flags/flag-card"
import { DeleteDialog } from "@/components/places/delete-dialog"
import { CloseDialog } from "@/components/stores/close-dialog"
import { HoursPanel } from "@/components/stores/hours-panel"
import { StoreDrawer } from "@/components/stores/store-drawer"
import { StoreFacts } from "@/components/stores/store-facts"
import { StoreTerminals } from "@/components/stores/store-terminals"
import { dayText } from "@/components/ui/day-text"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { useStoreName } from "@/components/ui/store-name"
import { asStored } from "@/lib/base/names/names"
import { paths } from "@/lib/base/paths"
import { storeOptions } from "@/lib/fleet/stores/queries"
import { flagListOptions } from "@/lib/insight/flags/queries"

type Props = {
  storeId: number
  mayChange: boolean
  /** Whether the user may also move and delete the store. */
  mayMove: boolean
  /** Whether the user may do something with flags. */
  mayHandle: boolean
}

export function StoreScreen({ storeId, mayChange, mayMove, mayHandle }: Props) {
  const t = useTranslations("places")
  const storeName = useStoreName()
  const format = useFormatter()
  const router = useRouter()
  const [open, setOpen] = useState<"change" | "close" | "delete" | null>(null)
  const close = () => setOpen(null)
  const store = useQuery(storeOptions(storeId))
  const stored = useQuery({ ...storeOptions(storeId), select: asStored }).data
  const flags = useQuery(flagListOptions({ store: storeId, status: "open" }))
  if (!store.data)
    return store.isError ? <ErrorState onRetry={() => void store.refetch()} /> : <Skeleton height={500} />
  const { name, code, merchant, region, isClosed, closedOn, isUnassigned, hasHistory } = store.data
  const subtitle = [isUnassigned ? null : code, merchant?.name, region?.name].filter(Boolean).join(" · ")
  return (
    <Stack gap="md">
      <PageHeader title={storeName(name)} subtitle={subtitle}>
        <Group gap="xs">
          {isClosed ? (
            <Badge variant="outline" color="gray">
              {t("closedForGood")}
            </Badge>
          ) : null}
          {mayChange ? (
            <Button size="xs" variant="light" onClick={() => setOpen("change")}>
              {t("changeStore")}
            </Button>
          ) : null}
          {mayChange && !isUnassigned ? (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" aria-label={t("actions", { name })}>
                  <IconDots size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setOpen("close")}>
                  {closedOn ? t("reopen") : t("closeForGood")}
                </Menu.Item>
                {mayMove && !hasHistory ? (
                  <Menu.Item color="red" onClick={() => setOpen("delete")}>
                    {t("delete")}
                  </Menu.Item>
                ) : null}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </Group>
      </PageHeader>
      {store.isError ? <ErrorState onRetry={() => void store.refetch()} /> : null}
      {isUnassigned ? <Alert color="blue">{t("unassignedNote")}</Alert> : null}
      {closedOn && !isClosed ? (
        <Alert color="yellow">
          {t("closesOn", { day: dayText(format, closedOn, { dateStyle: "long" }) })}
        </Alert>
      ) : null}
      {flags.data?.data.map((flag) => (
        <FlagCard key={flag.id} flag={flag} canHandle={mayHandle} />
      ))}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t("facts")}>
          <StoreFacts store={store.data} />
        </Panel>
        <HoursPanel store={store.data} mayChange={mayChange} />
      </SimpleGrid>
      <StoreTerminals storeId={storeId} />
      {open === "change" && stored ? (
        <StoreDrawer store={stored} mayMove={mayMove} onDone={close} onClose={close} />
      ) : null}
      {open === "close" ? <CloseDialog store={store.data} onClose={close} /> : null}
      {open === "delete" ? (
        <DeleteDialog
          place={{ kind: "store", id: storeId, name }}
          onDone={() => router.push(paths.places)}
          onClose={close}
        />
      ) : null}
    </Stack>
  )
}
