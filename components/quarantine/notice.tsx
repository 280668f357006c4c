"use client"

import { useTranslations } from "next-intl"
import { CornerNotice } from "@/components/ui/corner-notice"
import type { ReplayOutcome } from "@/lib/intake/quarantine/words"

/** The result of the last action, shown above the list because the record may leave it. */
export type Outcome =
  | { kind: ReplayOutcome }
  | { kind: "enrolled"; serial: string; resolved: number; left: number }
  | { kind: "discarded" }
  | { kind: "failed"; detail: string }

const colors = {
  accepted: "teal",
  duplicate: "teal",
  resolved: "teal",
  enrolled: "teal",
  discarded: "gray",
  rejected: "orange",
  failed: "red",
} as const satisfies Record<Outcome["kind"], string>

export function Notice({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const t = useTranslations("quarantine.outcomes")
  const { kind } = outcome
  return (
    <CornerNotice color={colors[kind]} title={t(`${kind}.title`)} closeLabel={t("close")} onClose={onClose}>
      {kind === "failed"
        ? outcome.detail
        : kind === "enrolled"
          ? t("enrolled.text", { serial: outcome.serial, resolved: outcome.resolved, left: outcome.left })
          : t(`${kind}.text`)}
    </CornerNotice>
  )
}
