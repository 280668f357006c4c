"use client"

import { Group, Pill, SegmentedControl, Select } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { SetValues } from "nuqs"
import type { QuarantineView, quarantineView } from "@/components/quarantine/view"
import { SearchInput } from "@/components/ui/search-input"
import { oneOf } from "@/lib/base/one-of"
import { quarantineStates, quarantineViews, recordKinds } from "@/lib/intake/quarantine/words"

type Props = { view: QuarantineView; setView: SetValues<typeof quarantineView> }

/** Filters by terminal, kind and state. */
export function QuarantineFilters({ view: { terminal, kind, state }, setView }: Props) {
  const t = useTranslations("quarantine")
  return (
    <Group gap="xs">
      <SearchInput
        key={terminal ?? ""}
        label={t("terminal")}
        value={terminal}
        w={170}
        onSearch={(text) => void setView({ terminal: text.trim() || null, cursor: null })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        placeholder={t("kind")}
        aria-label={t("kind")}
        value={kind}
        onChange={(value) => void setView({ kind: oneOf(recordKinds, value), cursor: null })}
        data={recordKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <SegmentedControl
        size="xs"
        value={state}
        onChange={(value) => void setView({ state: oneOf(quarantineStates, value), cursor: null })}
        data={quarantineStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        aria-label={t("stateLabel")}
      />
    </Group>
  )
}

/** Switches between records and terminals, or removes the filter by terminal. */
export function ViewControl({ view, setView }: Props) {
  const t = useTranslations("quarantine")
  const { terminal } = view
  return terminal === null ? (
    <Group>
      <SegmentedControl
        size="xs"
        value={view.view}
        onChange={(value) => void setView({ view: oneOf(quarantineViews, value) })}
        data={quarantineViews.map((value) => ({ value, label: t(`views.${value}`) }))}
        aria-label={t("viewLabel")}
      />
    </Group>
  ) : (
    <Group gap="xs">
      <Pill
        withRemoveButton
        size="md"
        onRemove={() => void setView({ terminal: null, cursor: null })}
        // Without these, the button is only for the mouse.
        removeButtonProps={{ "aria-label": t("clearFilters"), "aria-hidden": false, tabIndex: 0 }}
      >
        {terminal}
      </Pill>
    </Group>
  )
}
