"use client"

import { Select, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { ComponentField, DayField, EntryField, LongField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { oneOf } from "@/lib/base/one-of"
import { acquirersOptions } from "@/lib/fleet/acquirers/queries"
import type { ApprovalDraft } from "@/lib/fleet/approvals/schemas"
import { approvalKinds } from "@/lib/fleet/approvals/words"

type Props = {
  id: number | null
  title: string
  hint: string | null
  initial: ApprovalDraft
  onClose: () => void
}

export function ApprovalDrawer({ id, title, hint, initial, onClose }: Props) {
  const t = useTranslations("catalogue")
  const { draft, set } = useDraft(initial)
  const acquirers = useQuery(acquirersOptions()).data?.data
  return (
    <EntryDrawer noun="approvals" id={id} title={title} draft={draft} onClose={onClose}>
      {hint === null ? null : (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {draft.component === null ? null : (
        <>
          <ComponentField value={draft.component} onChange={set("component")} />
          <TextField
            label={t("branch")}
            value={draft.version}
            onChange={set("version")}
            maxLength={64}
            isRequired
          />
        </>
      )}
      <Select
        label={t("kind")}
        value={draft.kind}
        allowDeselect={false}
        onChange={(chosen) => set("kind")(oneOf(approvalKinds, chosen) ?? draft.kind)}
        data={approvalKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <TextField
        label={t("reference")}
        description={t("referenceText")}
        value={draft.reference}
        onChange={set("reference")}
      />
      <TextField label={t("scheme")} value={draft.scheme} onChange={set("scheme")} maxLength={100} />
      <EntryField
        label={t("acquirer")}
        none={t("everyone")}
        entries={acquirers}
        value={draft.acquirer}
        onChange={set("acquirer")}
      />
      <DayField label={t("purchaseEndOn")} value={draft.purchaseEndOn} onChange={set("purchaseEndOn")} />
      <DayField label={t("deployEndOn")} value={draft.deployEndOn} onChange={set("deployEndOn")} />
      <DayField label={t("useEndOn")} value={draft.useEndOn} onChange={set("useEndOn")} />
      <LongField
        label={t("source")}
        description={t("sourceText")}
        value={draft.source}
        onChange={(value) => set("source")(value ?? "")}
        maxLength={1000}
        isRequired
      />
      <DayField
        label={t("checkedOn")}
        value={draft.checkedOn}
        onChange={(value) => set("checkedOn")(value ?? "")}
        isRequired
      />
    </EntryDrawer>
  )
}
