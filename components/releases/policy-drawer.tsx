"use client"

import { Alert, Autocomplete } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { ComponentField, DayField, ModelField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { useMissing } from "@/components/ui/use-missing"
import { given } from "@/lib/base/http/given"
import { policyPreviewOptions } from "@/lib/fleet/releases/queries"
import type { Policy, PolicyDraft, PolicyPreview } from "@/lib/fleet/releases/schemas"

const blank: PolicyDraft = { component: "app", minimumVersion: "", model: null, dueOn: null }

/** The form of a minimum version. It says how many terminals would be flagged before it is saved. */
export function PolicyDrawer({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const t = useTranslations("catalogue")
  const missing = useMissing()
  const { component, minimumVersion, model, dueOn } = policy ?? blank
  const { draft, set } = useDraft<PolicyDraft>({ component, minimumVersion, model, dueOn })
  const text = draft.minimumVersion.trim()
  const [version] = useDebouncedValue(text, 250)
  const { data, isPlaceholderData } = useQuery(
    policyPreviewOptions({
      component: draft.component,
      ...given({ minimumVersion: version, model: draft.model }),
    }),
  )
  const isCurrent = version === text && text !== "" && !isPlaceholderData
  const isWrong = isCurrent && data?.isVersion === false
  return (
    <EntryDrawer
      noun="release-policies"
      id={policy?.id ?? null}
      title={policy ? t("policy") : t("newPolicy")}
      draft={draft}
      notYet={missing([(text === "" || isWrong) && t("minimumVersion")])}
      onClose={onClose}
    >
      <ComponentField value={draft.component} onChange={set("component")} />
      <Autocomplete
        label={t("minimumVersion")}
        description={t("minimumVersionText")}
        required
        maxLength={64}
        limit={20}
        data={(data?.versions ?? []).map((reported) => reported.version)}
        value={draft.minimumVersion}
        onChange={set("minimumVersion")}
        error={isWrong ? t("wrong.minimumVersion") : null}
      />
      <ModelField value={draft.model} onChange={set("model")} />
      <DayField label={t("dueOn")} description={t("dueOnText")} value={draft.dueOn} onChange={set("dueOn")} />
      {isCurrent && data?.isVersion ? <Effect preview={data} dueOn={draft.dueOn} /> : null}
    </EntryDrawer>
  )
}

function Effect({ preview, dueOn }: { preview: PolicyPreview; dueOn: string | null }) {
  const t = useTranslations("catalogue")
  const { behind, terminals } = preview
  return (
    <Alert color={behind > 0 ? "yellow" : "teal"} role="status">
      {t("flagsTerminals", { behind, terminals })} {dueOn === null ? null : t("onceDue")}
    </Alert>
  )
}
