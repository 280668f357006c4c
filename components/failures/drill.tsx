"use client"

import { Anchor, Breadcrumbs, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { causePath, failuresPath, type FailuresLink } from "@/components/failures/view"

/** From all failures to a cause, a subcause and a code: each step leads back to it. */
export function Drill({ within }: { within: FailuresLink }) {
  const t = useTranslations()
  const { cause, subcause, code, ...around } = within
  if (cause === undefined && subcause === undefined && code === undefined) return null
  const ofCause = { ...around, cause }
  const steps = [
    { name: t("failures.allCauses"), href: failuresPath({ ...around, groupBy: "cause" }) },
    ...(cause === undefined ? [] : [{ name: t(`causes.${cause}`), href: causePath(cause, around) }]),
    ...(subcause === undefined
      ? []
      : [
          {
            name: subcauseWith(subcause, t),
            href: failuresPath({ ...ofCause, subcause, groupBy: "code" }),
          },
        ]),
    ...(code === undefined ? [] : [{ name: code, href: null }]),
  ]
  return (
    <Breadcrumbs separator="›" component="nav" aria-label={t("failures.drill")}>
      {steps.map(({ name, href }, i) =>
        href === null || i === steps.length - 1 ? (
          <Text key={name} size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
        ) : (
          <Anchor key={name} component={Link} href={href} size="sm">
            {name}
          </Anchor>
        ),
      )}
    </Breadcrumbs>
  )
}
