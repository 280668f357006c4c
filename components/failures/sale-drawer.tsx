"use client"

import { Progress, Stack, Text, Title } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { Meaning } from "@/components/code-tables/code-meaning"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { SimpleTable } from "@/components/tables/simple-table"
import { amountText } from "@/components/ui/amount"
import { CauseBadge, causeColor } from "@/components/ui/badges"
import { Linked } from "@/components/ui/linked"
import { percentText } from "@/components/ui/percent"
import { SideDrawer } from "@/components/ui/side-drawer"
import { StoreName } from "@/components/ui/store-name"
import { useLanguage } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import type { FailedSale } from "@/lib/insight/failed-sales/schemas"

const judged = ["device", "card", "operator", "system"] as const

/** A failed sale: what it was due to, what speaks for that, and what was sent. */
export function SaleDrawer({ sale, onClose }: { sale: FailedSale; onClose: () => void }) {
  const format = useFormatter()
  const title = format.dateTime(new Date(sale.at), { dateStyle: "medium", timeStyle: "medium" })
  return (
    <SideDrawer title={title} size="lg" onClose={onClose}>
      <Stack gap="md">
        <Verdict sale={sale} />
        <Facts sale={sale} />
      </Stack>
    </SideDrawer>
  )
}

function Verdict({ sale: { verdict } }: { sale: FailedSale }) {
  const t = useTranslations("verdicts")
  const tCause = useTranslations("causes")
  const tRatios = useTranslations("verdictRatios")
  const format = useFormatter()
  const language = useLanguage()
  if (!verdict) return <Text size="sm">{t("notYet")}</Text>
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t("title")} <CauseBadge cause={verdict.cause} />
      </Title>
      <SimpleTable
        label={t("title")}
        withRowBorders={false}
        verticalSpacing={4}
        rows={judged.map((cause) => ({
          key: cause,
          cells: [
            tCause(cause),
            <Progress
              key="bar"
              value={100 * verdict.p[cause]}
              color={causeColor[cause]}
              aria-label={tCause(cause)}
              miw={120}
            />,
            percentText(format, verdict.p[cause], 0),
          ],
        }))}
      />
      <Title order={3} size="h6">
        {t("because")}
      </Title>
      {verdict.evidence.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("codeAlone")}
        </Text>
      ) : (
        <Stack component="ul" gap={4} m={0} pl="md">
          {verdict.evidence.map((one) => (
            <Text key={one.code} component="li" size="sm">
              {one.text[language]}
            </Text>
          ))}
        </Stack>
      )}
      <Remedies remedies={verdict.remedies} />
      <Text size="sm">
        <Linked href={paths.evidence}>{tRatios("title")}</Linked>
      </Text>
    </Stack>
  )
}

/** What helps, in order. */
function Remedies({ remedies }: Pick<NonNullable<FailedSale["verdict"]>, "remedies">) {
  const t = useTranslations("diagnoses")
  return (
    <>
      <Title order={3} size="h6">
        {t("page.doNow")}
      </Title>
      <Stack component="ol" gap={4} m={0} pl="md">
        {remedies.map((one) => (
          <Text key={one} component="li" size="sm">
            {t(`doNow.${one}`)}
          </Text>
        ))}
      </Stack>
    </>
  )
}

function Facts({ sale }: { sale: FailedSale }) {
  const t = useTranslations()
  const format = useFormatter()
  const { code, codeSystem, meaningEn, meaningZh, amountMinor, entryMode } = sale
  const isNamed = entryMode !== null && t.has(`entryModes.${entryMode}`)
  const rows: [string, React.ReactNode][] = [
    [
      t("failures.by.terminal"),
      <Linked key="terminal" href={paths.terminal(sale.terminal.id)}>
        {sale.terminal.serial}
      </Linked>,
    ],
    [t("failures.by.store"), <StoreName key="store" name={sale.store.name} />],
    [t("records.outcome"), t(`records.outcomes.${sale.outcome}`)],
    [
      t("failures.by.code"),
      code === null ? (
        "—"
      ) : (
        <span key="code">
          {codeSystem} {code} <Meaning en={meaningEn} zh={meaningZh} />
        </span>
      ),
    ],
    [t("failures.by.subcause"), `${t(`causes.${sale.codeCause}`)} · ${subcauseWith(sale.subcause, t)}`],
    [t("failures.by.entryMode"), isNamed ? t(`entryModes.${entryMode}`) : (entryMode ?? "—")],
    [t("failures.by.issuer"), sale.issuer ?? "—"],
    [t("failures.by.acquirer"), sale.acquirer ?? "—"],
    [t("failures.by.operator"), sale.operator ?? "—"],
    [t("failures.by.release"), sale.release ?? "—"],
    [t("records.amount"), amountMinor === null ? "—" : amountText(format, amountMinor, sale.currency)],
    [t("failures.saleId"), sale.id],
  ]
  return (
    <SimpleTable
      hasRowHeads
      label={t("failures.sent")}
      rows={rows.map(([name, value]) => ({ key: name, cells: [name, value] }))}
    />
  )
}
