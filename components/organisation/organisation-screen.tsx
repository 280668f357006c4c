"use client"

import { Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { OrganisationForm } from "@/components/organisation/organisation-form"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { organisationOptions } from "@/lib/access/organisation/queries"
import { asStored } from "@/lib/base/names/names"

/** Settings of the organisation. */
export function OrganisationScreen() {
  const t = useTranslations("organisation")
  const organisation = useQuery({ ...organisationOptions(), select: asStored })
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} />
      {organisation.isError ? <ErrorState onRetry={() => void organisation.refetch()} /> : null}
      {organisation.isPending ? <Skeleton height={400} maw={640} /> : null}
      {organisation.data ? <OrganisationForm saved={organisation.data} /> : null}
    </Stack>
  )
}
