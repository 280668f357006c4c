"use client"

import { Group, Select } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { LongField, MoneyField, NumberField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import type { AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { codeSystemsOptions } from "@/lib/fleet/code-packs/queries"
import { usualOfflineHours } from "@/lib/fleet/terminals/offline-sales"

type Props = { id: number | null; initial: AcquirerDraft; onClose: () => void }

export function AcquirerDrawer({ id, initial, onClose }: Props) {
  const t = useTranslations("catalogue")
  const tCommon = useTranslations("common")
  const { draft, set } = useDraft(initial)
  const systems = useQuery(codeSystemsOptions()).data?.data.map(({ codeSystem }) => codeSystem) ?? []
  return (
    <EntryDrawer
      noun="acquirers"
      id={id}
      title={id === null ? t("newAcquirer") : initial.name}
      draft={draft}
      onClose={onClose}
    >
      <TextField
        label={t("name")}
        description={tCommon("nameNote")}
        value={draft.name}
        onChange={(value) => set("name")(value ?? "")}
        isRequired
      />
      <TextField
        label={t("code")}
        description={t("codeText")}
        value={draft.code}
        onChange={(value) => set("code")(value ?? "")}
        maxLength={64}
        isRequired
      />
      <Select
        label={t("codeSystem")}
        description={t("codeSystemText")}
        placeholder={t("notKnown")}
        clearable
        searchable
        value={draft.codeSystem}
        onChange={set("codeSystem")}
        data={systems}
      />
      <TextField label={t("contactName")} value={draft.contactName} onChange={set("contactName")} />
      <TextField
        label={t("contactPhone")}
        value={draft.contactPhone}
        onChange={set("contactPhone")}
        maxLength={50}
      />
      <TextField
        label={t("contactEmail")}
        type="email"
        value={draft.contactEmail}
        onChange={set("contactEmail")}
        maxLength={254}
      />
      <TermsFields draft={draft} set={set} />
      <LongField label={t("note")} value={draft.note} onChange={set("note")} />
    </EntryDrawer>
  )
}

type Draft = ReturnType<typeof useDraft<AcquirerDraft>>

/** Fee, price of a terminal and deposit, with their currency. */
function TermsFields({ draft, set }: Draft) {
  const t = useTranslations("catalogue")
  const currency = draft.currency ?? "CNY"
  const money = (field: "terminalPriceMinor" | "depositMinor") => (
    <MoneyField
      label={t(field)}
      currency={currency}
      value={draft[field]}
      onChange={(minor) => {
        set(field)(minor)
        set("currency")(currency)
      }}
    />
  )
  return (
    <>
      <NumberField
        label={t("feePercent")}
        suffix="%"
        min={0}
        max={100}
        decimalScale={4}
        value={draft.feePercent}
        onChange={set("feePercent")}
      />
      <TextField
        label={t("feeNote")}
        description={t("feeNoteText")}
        value={draft.feeNote}
        onChange={set("feeNote")}
        maxLength={500}
      />
      <Group grow align="flex-start">
        {money("terminalPriceMinor")}
        {money("depositMinor")}
      </Group>
      <TextField
        label={t("currency")}
        value={draft.currency}
        onChange={(value) => set("currency")(value?.toUpperCase() ?? null)}
        maxLength={3}
      />
      <NumberField
        label={t("offlineHours")}
        description={t("offlineHoursText", { hours: usualOfflineHours })}
        min={1}
        max={720}
        allowDecimal={false}
        value={draft.offlineHours}
        onChange={set("offlineHours")}
      />
    </>
  )
}
