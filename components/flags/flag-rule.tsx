"use client"

import { Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Flag } from "@/lib/insight/flags/schemas"

/** The rule of a flag in words, and what was ruled out. */
export function FlagRule({ flag: { rule, reasons } }: { flag: Flag }) {
  const t = useTranslations("flags")
  const tRival = useTranslations("evidence.rivals")
  const ruledOut = reasons.flatMap((reason) => (reason.code === "fails_often" ? reason.ruledOut : []))
  return (
    <>
      <Line head={t("opens")}>{t(`whatOpens.${rule}`)}</Line>
      {ruledOut.length > 0 ? (
        <Line head={t("ruledOut")}>
          {ruledOut
            .map(({ what, observed, expected }) =>
              t("ruledOutOne", { what: tRival(what), observed, expected }),
            )
            .join(" · ")}
        </Line>
      ) : null}
    </>
  )
}

function Line({ head, children }: { head: string; children: string }) {
  return (
    <Text size="sm" c="dimmed">
      <Text span fw={600}>
        {head}
      </Text>{" "}
      {children}
    </Text>
  )
}
