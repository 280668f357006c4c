"use client"

import { Alert, Button, List, Menu, ScrollArea } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { SelectionBar } from "@/components/tables/selection-bar"
import { ActionItems } from "@/components/terminals/action-items"
import { LifeForm } from "@/components/terminals/life-form"
import { noValues } from "@/components/terminals/life-values"
import { useErrorText } from "@/components/terminals/use-error-text"
import { useMissingValues } from "@/components/terminals/use-missing-values"
import { FormDrawer } from "@/components/ui/form-drawer"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { bulkActions, isOfFields, type Action } from "@/lib/fleet/terminals/life/actions"
import { changeMany } from "@/lib/fleet/terminals/life/life-queries"
import { lifeRequest } from "@/lib/fleet/terminals/life/life-request"
import type { BulkAnswer, BulkRequest } from "@/lib/fleet/terminals/life/life-schemas"
import type { TerminalFilter } from "@/lib/fleet/terminals/schemas"

/** Selected terminals: some, or all that match the filter. */
export type Selection = { ids: readonly number[]; isAll: boolean }
export const nothingSelected: Selection = { ids: [], isAll: false }

type Props = {
  selection: Selection
  filter: TerminalFilter
  total: number
  isTotalExact: boolean
  canChange: boolean
  onSelect: (selection: Selection) => void
}

/** The actions for selected terminals, and their result. */
export function BulkBar({ selection, filter, total, isTotalExact, canChange, onSelect }: Props) {
  const t = useTranslations("life")
  const [action, setAction] = useState<Action | null>(null)
  const [answer, setAnswer] = useState<BulkAnswer | null>(null)
  const count = selection.isAll ? total : selection.ids.length
  const isExact = String(!selection.isAll || isTotalExact)
  const terminals = selection.isAll ? { filter } : { ids: [...selection.ids] }
  const labelsHref = withQuery(
    paths.terminalLabels,
    selection.isAll ? filter : { ids: selection.ids.join(",") },
  )
  return (
    <>
      {answer ? <BulkResult answer={answer} onClose={() => setAnswer(null)} /> : null}
      {count > 0 ? (
        <SelectionBar
          label={t("selection")}
          text={t("selected", { count, isExact })}
          onClear={() => onSelect(nothingSelected)}
        >
          {selection.isAll || count >= total ? null : (
            <Button size="compact-sm" variant="subtle" onClick={() => onSelect({ ids: [], isAll: true })}>
              {t("selectAll", { count: total, isExact: String(isTotalExact) })}
            </Button>
          )}
          {canChange ? (
            <Menu position="bottom-start" withinPortal>
              <Menu.Target>
                <Button size="compact-sm">{t("actions")}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <ActionItems actions={bulkActions} onChoose={setAction} />
              </Menu.Dropdown>
            </Menu>
          ) : null}
          <Button size="compact-sm" variant="default" component="a" href={labelsHref} target="_blank">
            {t("printLabels")}
          </Button>
        </SelectionBar>
      ) : null}
      {action ? (
        <BulkDrawer
          action={action}
          terminals={terminals}
          selected={t("selected", { count, isExact })}
          onClose={() => setAction(null)}
          onDone={(done) => {
            setAction(null)
            setAnswer(done)
            onSelect(nothingSelected)
          }}
        />
      ) : null}
    </>
  )
}

type DrawerProps = {
  action: Action
  terminals: BulkRequest["terminals"]
  /** How many are selected. */
  selected: string
  onDone: (answer: BulkAnswer) => void
  onClose: () => void
}

function BulkDrawer({ action, terminals, selected, onDone, onClose }: DrawerProps) {
  const t = useTranslations("life")
  const colon = useTranslations("common")("colon")
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const [values, setValues] = useState(noValues)
  const request = lifeRequest(action, values)
  const kind = request && request.verb !== "tid" && request.verb !== "swap" ? request.verb : null
  const notYet = useMissingValues(action, kind !== null)
  const doing = useMutation({
    mutationFn: () => changeMany(terminals, { kind: kind ?? "labels", ...request?.body }),
    onSuccess: async (answer) => {
      onDone(answer)
      await queryClient.invalidateQueries({ queryKey: ["terminals"] })
    },
  })
  return (
    <FormDrawer
      title={`${t(`action.${action}`)}${colon}${selected}`}
      action={isOfFields(action) ? t("save") : t(`action.${action}`)}
      color={action === "retired" ? "red" : "teal"}
      isBusy={doing.isPending}
      notYet={notYet}
      failure={errorText(doing.error)}
      onSubmit={() => doing.mutate()}
      onClose={onClose}
    >
      <LifeForm action={action} values={values} tids={[]} isBulk onChange={setValues} />
    </FormDrawer>
  )
}

const mostShown = 100

function BulkResult({ answer: { changed, refused }, onClose }: { answer: BulkAnswer; onClose: () => void }) {
  const t = useTranslations("life")
  return (
    <Alert
      role="status"
      color={refused.length > 0 ? "yellow" : "teal"}
      title={t("result", { changed, refused: refused.length })}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      {refused.length > 0 ? (
        <ScrollArea.Autosize mah={180}>
          <List size="sm">
            {refused.slice(0, mostShown).map(({ id, serial, reason }) => (
              <List.Item key={id}>
                {serial ?? id}: {t(`refused.${reason}`)}
              </List.Item>
            ))}
            {refused.length > mostShown ? (
              <List.Item>{t("more", { count: refused.length - mostShown })}</List.Item>
            ) : null}
          </List>
        </ScrollArea.Autosize>
      ) : null}
    </Alert>
  )
}
