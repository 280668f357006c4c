"use client"

import { Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { isUnsolved, OutcomeAlert, type Outcome } from "@/components/quarantine/notice"
import { recordWith } from "@/components/quarantine/quarantine-columns"
import { RecordFixes } from "@/components/quarantine/record-fixes"
import { RecordJson } from "@/components/quarantine/record-json"
import { RestoreRecord } from "@/components/quarantine/restore-record"
import { ErrorState } from "@/components/ui/error-state"
import { SideDrawer } from "@/components/ui/side-drawer"
import { useLanguage } from "@/components/ui/use-language"
import { asStored } from "@/lib/base/names/names"
import { quarantinedOptions } from "@/lib/intake/quarantine/queries"
import type { QuarantinedRecord } from "@/lib/intake/quarantine/schemas"

type Props = { id: number; mayReplay: boolean; onClose: () => void; onDone: (outcome: Outcome) => void }

/** A quarantined record: reason, masked text and actions. It stays open if an action fails. */
export function RecordDrawer({ id, mayReplay, onClose, onDone }: Props) {
  const t = useTranslations("quarantine")
  const record = useQuery({ ...quarantinedOptions(id), select: asStored })
  const [unsolved, setUnsolved] = useState<Outcome | null>(null)
  const show = (outcome: Outcome) => (isUnsolved(outcome) ? setUnsolved(outcome) : onDone(outcome))
  return (
    <SideDrawer title={record.data ? recordWith(record.data, t) : t("record")} size="lg" onClose={onClose}>
      <Stack gap="sm">
        {unsolved ? <OutcomeAlert outcome={unsolved} /> : null}
        {record.data ? (
          <>
            <RecordFacts record={record.data} />
            <Actions record={record.data} mayReplay={mayReplay} onDone={show} />
          </>
        ) : record.isError ? (
          <ErrorState onRetry={() => void record.refetch()} />
        ) : (
          <Skeleton height={160} />
        )}
      </Stack>
    </SideDrawer>
  )
}

function RecordFacts({ record }: { record: QuarantinedRecord }) {
  const t = useTranslations("quarantine")
  const format = useFormatter()
  const { code, terminal, message, field, correction, receivedAt, lastReceivedAt, seenCount } = record
  // The API's detail is in English.
  const isEnglish = useLanguage() === "en"
  const time = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" })
  return (
    <>
      <Text size="sm">
        {code !== "invalid" || field === null
          ? t(`reasons.${code}`, { terminal: terminal ?? "—" })
          : isEnglish
            ? t("fieldReason", { field, message })
            : t("reasons.invalidField", { field })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("received", {
          kind: t(`kinds.${record.kind}`),
          count: seenCount,
          first: time(receivedAt),
          last: time(lastReceivedAt),
        })}
      </Text>
      {correction === null ? null : (
        <Text size="sm" fw={600}>
          {t("corrected")}
        </Text>
      )}
      <RecordJson text={correction ?? record.record} field={field} />
      {correction === null ? null : (
        <>
          <Text size="sm" fw={600}>
            {t("asItCame")}
          </Text>
          <RecordJson text={record.record} field={null} />
        </>
      )}
    </>
  )
}

type ActionProps = { record: QuarantinedRecord; mayReplay: boolean; onDone: (outcome: Outcome) => void }

function Actions({ record, mayReplay, onDone }: ActionProps) {
  const t = useTranslations("quarantine")
  const { id, code, correction, resolvedAt, discardedAt } = record
  if (!mayReplay)
    return (
      <Text size="sm" c="dimmed">
        {t("mayNot")}
      </Text>
    )
  if (discardedAt !== null) return <RestoreRecord id={id} onDone={onDone} />
  if (resolvedAt !== null) return null
  return <RecordFixes key={`${code} ${correction}`} record={record} onDone={onDone} />
}
