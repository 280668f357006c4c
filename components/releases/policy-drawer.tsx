"use client"

import { Alert, Autocomplete, NumberInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useNow, useTimeZone, useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { ComponentField, DayField, ModelField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { useGap } from "@/components/ui/use-language"
import { useMissing } from "@/components/ui/use-missing"
import { given } from "@/lib/base/http/given"
import { dayOf } from "@/lib/base/time/reader-day"
import { policyPreviewOptions } from "@/lib/fleet/releases/queries"
import type { Policy, PolicyDraft, PolicyPreview } from "@/lib/fleet/releases/schemas"

const blank: PolicyDraft & { id: null; modelName: null } = {
  id: null,
  modelName: null,
  component: "app",
  minimumVersion: null,
  mostLinesBehind: null,
  maxAgeDays: null,
  model: null,
  dueOn: null,
}

/** The form of a policy. It says how many terminals would be flagged before it is saved. */
export function PolicyDrawer({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const t = useTranslations("catalogue")
  const missing = useMissing()
  const { id, modelName: _name, ...known } = policy ?? blank
  const { draft, set } = useDraft<PolicyDraft>(known)
  const isPatch = draft.component === "securityPatch"
  const text = draft.minimumVersion?.trim() ?? ""
  const count = isPatch ? "maxAgeDays" : "mostLinesBehind"
  const mostLinesBehind = isPatch ? null : draft.mostLinesBehind
  const maxAgeDays = isPatch ? draft.maxAgeDays : null
  const isEmpty = text === "" && mostLinesBehind === null && maxAgeDays === null
  const [version] = useDebouncedValue(text, 250)
  const { component, model } = draft
  const { data, isPlaceholderData } = useQuery(
    policyPreviewOptions({
      component,
      ...given({ minimumVersion: version, model, mostLinesBehind, maxAgeDays }),
    }),
  )
  const isCurrent = version === text && !isEmpty && !isPlaceholderData
  const isWrong = isCurrent && data?.isVersion === false
  return (
    <EntryDrawer
      noun="release-policies"
      id={id}
      title={policy ? t("policy") : t("newPolicy")}
      draft={{ ...draft, minimumVersion: text || null, mostLinesBehind, maxAgeDays }}
      notYet={missing([
        isWrong && t("minimumVersion"),
        isEmpty && t("versionOr", { minimumVersion: t("minimumVersion"), other: t(count) }),
      ])}
      onClose={onClose}
    >
      <ComponentField value={draft.component} onChange={set("component")} />
      <Autocomplete
        label={t("minimumVersion")}
        description={t("minimumVersionText")}
        maxLength={64}
        limit={20}
        data={(data?.versions ?? []).map((reported) => reported.version)}
        value={draft.minimumVersion ?? ""}
        onChange={set("minimumVersion")}
        error={isWrong ? t("wrong.minimumVersion") : null}
      />
      <Count name={count} value={draft[count]} onChange={set(count)} />
      <ModelField value={draft.model} onChange={set("model")} />
      <DayField label={t("dueOn")} description={t("dueOnText")} value={draft.dueOn} onChange={set("dueOn")} />
      {isCurrent && data?.isVersion ? <Effect preview={data} dueOn={draft.dueOn} /> : null}
    </EntryDrawer>
  )
}

const counts = {
  maxAgeDays: { least: 1, most: 3650, usual: 180 },
  mostLinesBehind: { least: 0, most: 20, usual: 2 },
}

type Counted = {
  name: keyof typeof counts
  value: number | null
  onChange: (value: number | null) => void
}

function Count({ name, value, onChange }: Counted) {
  const t = useTranslations("catalogue")
  const { least, most, usual } = counts[name]
  return (
    <NumberInput
      label={t(name)}
      description={t(`${name}Text`)}
      min={least}
      max={most}
      placeholder={String(usual)}
      allowDecimal={false}
      value={value ?? ""}
      onChange={(count) => onChange(count === "" ? null : Number(count))}
    />
  )
}

/** Of the versions whose terminals are flagged. */
const mostNamed = 5

function Effect({ preview, dueOn }: { preview: PolicyPreview; dueOn: string | null }) {
  const t = useTranslations("catalogue")
  const comma = useTranslations("common")("comma")
  const gap = useGap()
  const today = dayOf(useNow(), useTimeZone() ?? "UTC")
  const { behind, soon, terminals, versions } = preview
  const hit = versions.filter((one) => one.behind > 0)
  const named = hit
    .slice(0, mostNamed)
    .map(({ version, behind: many }) => t("hitVersion", { version, behind: many }))
    .join(comma)
  return (
    <Alert color={behind > 0 ? "yellow" : "teal"} role="status">
      {[
        t("flagsTerminals", { behind, terminals }),
        ...(hit.length > 0 ? [t("hit", { versions: named, more: Math.max(0, hit.length - mostNamed) })] : []),
        ...(soon > 0 ? [t("soonToo", { soon })] : []),
        ...(dueOn !== null && dueOn > today ? [t("onceDue")] : []),
      ].join(gap)}
    </Alert>
  )
}
