"use client"

import { Badge, type MantineColor } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"
import type { FlagKind } from "@/lib/insight/flags/words"

export const causeColor = {
  device: "orange",
  card: "blue",
  operator: "grape",
  system: "red",
  unknown: "gray",
} as const satisfies Record<Cause, MantineColor>

export const stateColor = {
  online: "teal",
  late: "yellow",
  suspect: "orange",
  offline: "red",
  unknown: "gray",
} as const satisfies Record<OnlineState, MantineColor>

const kindColor = {
  maintenance: "orange",
  update: "blue",
  replacement: "red",
  training: "grape",
  issuer: "indigo",
  system: "pink",
} as const satisfies Record<FlagKind, MantineColor>

export function CauseBadge({ cause }: { cause: Cause }) {
  const t = useTranslations("causes")
  return (
    <Badge variant="light" color={causeColor[cause]}>
      {t(cause)}
    </Badge>
  )
}

export function StateBadge({ state }: { state: OnlineState }) {
  const t = useTranslations("states")
  return (
    <Badge variant="dot" color={stateColor[state]}>
      {t(state)}
    </Badge>
  )
}

/** A terminal in a maintenance window, whose silence says nothing. */
export function MaintenanceBadge() {
  const t = useTranslations("maintenance")
  return (
    <Badge variant="light" color="yellow">
      {t("isNow")}
    </Badge>
  )
}

export function KindBadge({ kind }: { kind: FlagKind }) {
  const t = useTranslations("flagKinds")
  return (
    <Badge variant="light" color={kindColor[kind]}>
      {t(kind)}
    </Badge>
  )
}

/** An approval whose source should be checked again. */
export function CheckOverdueBadge() {
  const t = useTranslations("catalogue")
  return (
    <Badge variant="light" color="yellow">
      {t("checkOverdue")}
    </Badge>
  )
}

export function StatusBadge({ status }: { status: TerminalStatus }) {
  const t = useTranslations("terminalStatuses")
  return (
    <Badge variant="outline" color={status === "active" ? "teal" : "gray"}>
      {t(status)}
    </Badge>
  )
}
