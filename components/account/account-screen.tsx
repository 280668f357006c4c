"use client"

import { Box, SimpleGrid, Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { ChangePasswordForm } from "@/components/account/change-password-form"
import { ProfileForm } from "@/components/account/profile-form"
import { SecondStep } from "@/components/account/second-step"
import { SessionList } from "@/components/account/session-list"
import { ZoneForm } from "@/components/account/zone-form"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { accountOptions } from "@/lib/access/account/queries"
import { asStored } from "@/lib/base/names/names"

/** The user's own profile, password, two-step verification and sessions. */
export function AccountScreen() {
  const t = useTranslations("account")
  const { data: account, isError, refetch } = useQuery({ ...accountOptions, select: asStored })
  if (!account) return isError ? <ErrorState onRetry={() => void refetch()} /> : <Skeleton h={320} />
  const withPassword = account.hasPassword
  return (
    <>
      <PageHeader title={t("title")} />
      <SimpleGrid cols={{ base: 1, md: 2 }} maw={1040}>
        <Stack>
          <Box>
            <Panel title={t("profile")}>
              <Stack>
                <ProfileForm account={account} />
                <ZoneForm />
              </Stack>
            </Panel>
          </Box>
          {withPassword ? (
            <Box>
              <Panel title={t("secondStep")}>
                <SecondStep account={account} />
              </Panel>
            </Box>
          ) : null}
        </Stack>
        <Stack>
          {withPassword ? (
            <Box>
              <Panel title={t("password")}>
                <ChangePasswordForm isOneTime={false} />
              </Panel>
            </Box>
          ) : null}
          <SessionList />
        </Stack>
      </SimpleGrid>
    </>
  )
}
