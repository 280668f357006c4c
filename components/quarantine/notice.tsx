"use client"

import { Alert } from "@mantine/core"
import { useTranslations } from "next-intl"
import { CornerNotice } from "@/components/ui/corner-notice"
import type { ReplayOutcome } from "@/lib/intake/quarantine/words"

/** The result of the last action on one record. */
export type Outcome =
  | { kind: ReplayOutcome }
  | { kind: "enrolled"; serial: string; resolved: number; left: number }
  | { kind: "discarded" }
  | { kind: "restored" }
  | { kind: "failed"; detail: string }

const colors = {
  accepted: "teal",
  duplicate: "teal",
  resolved: "teal",
  enrolled: "teal",
  restored: "teal",
  discarded: "gray",
  rejected: "orange",
  failed: "red",
} as const satisfies Record<Outcome["kind"], string>

/** Whether the user may try again. */
export const isUnsolved = ({ kind }: Outcome): boolean => kind === "rejected" || kind === "failed"

function OutcomeText({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("quarantine.outcomes")
  if (outcome.kind === "failed") return outcome.detail
  if (outcome.kind === "enrolled") {
    const { serial, resolved, left } = outcome
    return t("enrolled.text", { serial, resolved, left })
  }
  return t(`${outcome.kind}.text`)
}

/** Shown beside the list, because the record may leave it. */
export function Notice({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const t = useTranslations("quarantine.outcomes")
  return (
    <CornerNotice
      color={colors[outcome.kind]}
      title={t(`${outcome.kind}.title`)}
      closeLabel={t("close")}
      onClose={onClose}
    >
      <OutcomeText outcome={outcome} />
    </CornerNotice>
  )
}

/** Shown with the record. */
export function OutcomeAlert({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("quarantine.outcomes")
  return (
    <Alert role="alert" color={colors[outcome.kind]} title={t(`${outcome.kind}.title`)}>
      <OutcomeText outcome={outcome} />
    </Alert>
  )
}
