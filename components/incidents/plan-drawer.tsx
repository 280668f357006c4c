"use client"

import { Textarea } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { FormDrawer } from "@/components/ui/form-drawer"
import { RequestFailed } from "@/lib/base/http/get-json"
import { callsOf, callText, stepsOf, stepText } from "@/lib/insight/incidents/plan-lines"
import type { Plan, PlanText } from "@/lib/insight/incidents/plan-schemas"
import { savePlan } from "@/lib/insight/incidents/queries"

const texts = ["staff", "customers", "otherWays"] as const

/** The form of a contingency plan. Lists are edited as text, a line each. */
export function PlanDrawer({ plan, text, onClose }: { plan: Plan; text: PlanText; onClose: () => void }) {
  const t = useTranslations("incidents.plan")
  const kind = useTranslations("incidents.classes")(plan.class)
  const colon = useTranslations("common")("colon")
  const client = useQueryClient()
  const [draft, setDraft] = useState({
    ...text,
    call: callText(text.call, colon),
    steps: stepText(text.steps, colon),
  })
  const steps = stepsOf(draft.steps)
  const save = useMutation({
    mutationFn: () =>
      savePlan(plan.class, {
        version: plan.version,
        text: { ...draft, call: callsOf(draft.call), steps: steps ?? [] },
      }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ["incidents"] }),
  })
  const isTaken = save.error instanceof RequestFailed && save.error.status === 409
  const field = (name: keyof typeof draft, rows: number, description?: string) => (
    <Textarea
      key={name}
      label={t(name)}
      {...(description ? { description } : {})}
      autosize
      minRows={rows}
      value={draft[name]}
      onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
    />
  )
  return (
    <FormDrawer
      title={t("editTitle", { kind })}
      action={t("save")}
      size="lg"
      isBusy={save.isPending}
      notYet={steps ? null : t("stepsWrong")}
      failure={save.error ? (isTaken ? t("taken") : save.error.message) : null}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {field("call", 2, t("callText"))}
      {texts.map((name) => field(name, 3))}
      {field("steps", 5, t("stepsText"))}
    </FormDrawer>
  )
}
