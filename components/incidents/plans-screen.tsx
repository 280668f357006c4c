"use client"

import { Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { PlanPanel } from "@/components/incidents/plan-panel"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { asStored } from "@/lib/base/names/names"
import { planListOptions } from "@/lib/insight/incidents/queries"

/** The contingency plans of all classes of incidents. */
export function PlansScreen({ canChange }: { canChange: boolean }) {
  const t = useTranslations("incidents")
  const plans = useQuery({ ...planListOptions(), select: asStored })
  if (!plans.data)
    return plans.isError ? <ErrorState onRetry={() => void plans.refetch()} /> : <Skeleton height={500} />
  return (
    <Stack gap="md">
      <PageHeader title={t("plans")} subtitle={t("plansSubtitle")} />
      {plans.data.data.map((plan) => (
        <PlanPanel key={plan.class} plan={plan} title={t(`classes.${plan.class}`)} canChange={canChange} />
      ))}
    </Stack>
  )
}
