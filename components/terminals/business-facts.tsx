"use client"

import { Anchor, Badge } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import { Fact } from "@/components/terminals/fact"
import { amountText } from "@/components/ui/amount"
import { TimeAgo } from "@/components/ui/time-ago"
import { useLanguage } from "@/components/ui/use-language"
import { mapLink } from "@/lib/fleet/stores/map-link"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

const hourMs = 3_600_000

type Said = Pick<Terminal, "mode" | "batchOpenedAt" | "offline" | "position">

/** The terminal's newest reports about sales and position. Missing values are left out. */
export function BusinessFacts({ mode, batchOpenedAt, offline, position }: Said) {
  const t = useTranslations("terminal")
  const locale = useLanguage()
  const format = useFormatter()
  const now = useNow()
  const left = (at: string) => {
    const hours = Math.floor((Date.parse(at) - now.getTime()) / hourMs)
    return t("offlineLeft", { hours, isOver: String(hours < 0) })
  }
  return (
    <>
      {mode === null ? null : (
        <Fact name={t("mode")}>
          {mode === "normal" ? (
            t("modes.normal")
          ) : (
            <Badge size="sm" variant="light" color="orange">
              {t(`modes.${mode}`)}
            </Badge>
          )}
        </Fact>
      )}
      {batchOpenedAt === null ? null : (
        <Fact name={t("batchOpened")}>
          <TimeAgo at={batchOpenedAt} />
        </Fact>
      )}
      {offline === null ? null : (
        <Fact name={t("offlineSales")}>
          {format.number(offline.sales)}
          {offline.amountMinor === null
            ? null
            : `, ${amountText(format, offline.amountMinor, offline.currency)}`}
          {offline.sales > 0 && offline.oldestAt !== null ? (
            <>
              {" "}
              ({t("offlineSince")} <TimeAgo at={offline.oldestAt} />
              {offline.sendBy === null ? null : `, ${left(offline.sendBy)}`})
            </>
          ) : null}
        </Fact>
      )}
      {position === null ? null : (
        <Fact name={t("position")}>
          <Anchor
            href={mapLink({ ...position, latitude: position.lat, longitude: position.lon, locale })}
            target="_blank"
            rel="noreferrer"
            size="sm"
          >
            {position.lat.toFixed(4)}, {position.lon.toFixed(4)}
          </Anchor>
          {position.accuracyM === null ? null : ` ±${format.number(Math.round(position.accuracyM))} m`}
        </Fact>
      )}
    </>
  )
}
