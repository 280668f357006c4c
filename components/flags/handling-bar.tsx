"use client"

import { Button } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { HandlingDialog } from "@/components/flags/handling-dialog"
import { SelectionBar } from "@/components/tables/selection-bar"
import { steps, type Step } from "@/lib/insight/handling/words"

/** What can be done with the selected flags. */
export function HandlingBar({ ids, onClear }: { ids: readonly number[]; onClear: () => void }) {
  const t = useTranslations("handling")
  const [step, setStep] = useState<Step | null>(null)
  const finish = () => {
    setStep(null)
    onClear()
  }
  if (ids.length === 0) return null
  return (
    <>
      <SelectionBar label={t("selection")} text={t("count", { count: ids.length })} onClear={onClear}>
        {steps.map((one) => (
          <Button key={one} size="compact-sm" variant="default" onClick={() => setStep(one)}>
            {t(`steps.${one}`)}
          </Button>
        ))}
      </SelectionBar>
      {step ? <HandlingDialog step={step} ids={ids} onDone={finish} onClose={() => setStep(null)} /> : null}
    </>
  )
}
