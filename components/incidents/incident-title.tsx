"use client"

import { Badge, type MantineColor } from "@mantine/core"
import { useTranslations } from "next-intl"
import { storeNameWith } from "@/components/ui/store-name"
import type { Incident } from "@/lib/insight/incidents/schemas"
import type { IncidentClass } from "@/lib/insight/incidents/words"

const classColor = {
  issuer: "indigo",
  acquirer: "red",
  carrier: "red",
  "store network": "orange",
  firmware: "blue",
  operator: "grape",
  "card-testing": "pink",
  ingest: "gray",
} as const satisfies Record<IncidentClass, MantineColor>

export function ClassBadge({ of }: { of: IncidentClass }) {
  const t = useTranslations("incidents.classes")
  return (
    <Badge variant="light" color={classColor[of]}>
      {t(of)}
    </Badge>
  )
}

/** Whom an incident is about, such as a store and its cashier. */
export function subjectWith(incident: Incident, t: ReturnType<typeof useTranslations>): string {
  const store = incident.store ? storeNameWith(incident.store.name, t) : ""
  const value = incident.value ?? ""
  switch (incident.class) {
    case "issuer":
      return value
    case "acquirer":
      return incident.acquirer?.name ?? ""
    case "carrier":
      return value
    case "store network":
      return store
    case "firmware":
      return [incident.model?.name, releaseWith(value, t)].filter(Boolean).join(" · ")
    case "operator":
      return t("incidents.operatorAt", { operator: value, store })
    case "card-testing":
      return incident.terminal
        ? t("incidents.terminalAt", { terminal: incident.terminal.serial, store })
        : store
    case "ingest":
      return t("incidents.everything")
  }
}

/** A version of a component, which an incident has as app:5.2. */
function releaseWith(value: string, t: ReturnType<typeof useTranslations>): string {
  const [component = "", ...version] = value.split(":")
  return t.has(`components.${component}`) ? `${t(`components.${component}`)} ${version.join(":")}` : value
}

export function IncidentSubject({ incident }: { incident: Incident }) {
  return subjectWith(incident, useTranslations())
}
