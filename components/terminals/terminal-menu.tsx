"use client"

import { Button, Menu } from "@mantine/core"
import { IconChevronDown } from "@tabler/icons-react"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ActionItems } from "@/components/terminals/action-items"
import { HelpLinkDrawer } from "@/components/terminals/help-link-drawer"
import { LifeForm } from "@/components/terminals/life-form"
import { noValues, type LifeValues } from "@/components/terminals/life-values"
import { useErrorText } from "@/components/terminals/use-error-text"
import { useMissingValues } from "@/components/terminals/use-missing-values"
import { FormDrawer } from "@/components/ui/form-drawer"
import { actionsOn, isOfFields, type Action } from "@/lib/fleet/terminals/life/actions"
import { changeTerminal, editTerminal } from "@/lib/fleet/terminals/life/life-queries"
import { lifeRequest } from "@/lib/fleet/terminals/life/life-request"
import { terminalFacetsOptions, terminalOptions } from "@/lib/fleet/terminals/read/queries"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

/** The actions for one terminal. */
export function TerminalMenu({ terminal }: { terminal: Terminal }) {
  const t = useTranslations("life")
  const tLink = useTranslations("helpLink")
  const [action, setAction] = useState<Action | null>(null)
  const [isLinkOpen, setIsLinkOpen] = useState(false)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="light" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t("actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItems actions={actionsOn(terminal)} onChoose={setAction} />
          <Menu.Divider />
          <Menu.Item onClick={() => setIsLinkOpen(true)}>{tLink("title")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {action ? <ActionDrawer action={action} terminal={terminal} onClose={() => setAction(null)} /> : null}
      {isLinkOpen ? <HelpLinkDrawer terminal={terminal} onClose={() => setIsLinkOpen(false)} /> : null}
    </>
  )
}

function ActionDrawer({
  action,
  terminal,
  onClose,
}: {
  action: Action
  terminal: Terminal
  onClose: () => void
}) {
  const t = useTranslations("life")
  const colon = useTranslations("common")("colon")
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const models = useQuery(terminalFacetsOptions()).data?.models
  const { id, serial, tids, codeSystem, model, supplier, boughtOn, warrantyBasis } = terminal
  const stored = useQuery({ ...terminalOptions(id), select: ({ labels }) => labels }).data
  const known: LifeValues = {
    ...noValues,
    labels: stored ?? terminal.labels,
    codeSystem: codeSystem ?? "",
    tid: action === "endTid" ? (tids[0]?.tid ?? "") : "",
    model: models?.find(({ name }) => name === model)?.id ?? null,
    // Without an entered end, the warranty depends on the supplier and the date of purchase.
    supplier: supplier?.id ?? null,
    boughtOn,
    warrantyUntil: warrantyBasis === "entered" ? terminal.warrantyUntil : null,
  }
  const [changed, setChanged] = useState<LifeValues | null>(null)
  const values = changed ?? known
  const acquirer =
    action === "endTid" ? (tids.find(({ tid }) => tid === values.tid)?.acquirer?.id ?? null) : values.acquirer
  const patch =
    action === "purchase"
      ? { supplierId: values.supplier, boughtOn: values.boughtOn, warrantyUntil: values.warrantyUntil }
      : { labels: values.labels, model: values.model, codeSystem: values.codeSystem.trim() || null }
  const isPatch = isOfFields(action)
  const request = isPatch ? null : lifeRequest(action, { ...values, acquirer })
  const notYet = useMissingValues(action, isPatch || request !== null)
  const doing = useMutation({
    mutationFn: () =>
      request && request.verb !== "labels" && request.verb !== "purchase"
        ? changeTerminal(id, request.verb, request.body)
        : editTerminal(id, patch),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: ["terminals"] })
    },
  })
  return (
    <FormDrawer
      title={`${t(`action.${action}`)}${colon}${serial}`}
      action={isPatch ? t("save") : t(`action.${action}`)}
      color={action === "retired" ? "red" : "teal"}
      isBusy={doing.isPending}
      notYet={notYet}
      failure={errorText(doing.error)}
      onSubmit={() => doing.mutate()}
      onClose={onClose}
    >
      <LifeForm action={action} values={values} tids={tids.map(({ tid }) => tid)} onChange={setChanged} />
    </FormDrawer>
  )
}
