"use client"

import { Badge, Box, Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { TimeAgo } from "@/components/ui/time-ago"
import { failureOf } from "@/lib/access/account/failure"
import { endOtherSessions, endSession, sessionListOptions } from "@/lib/access/account/queries"
import type { OwnSession } from "@/lib/access/account/schemas"

/** The user's sessions, with a button to end each. */
export function SessionList() {
  const t = useTranslations("account")
  const client = useQueryClient()
  const { data: sessions, isError, refetch } = useQuery(sessionListOptions)
  const settle = { onSettled: () => client.invalidateQueries({ queryKey: sessionListOptions.queryKey }) }
  const one = useMutation({ mutationFn: endSession, ...settle })
  const others = useMutation({ mutationFn: endOtherSessions, ...settle })
  const error = one.error ?? others.error
  const endOthers = (
    <Button
      size="compact-sm"
      variant="light"
      color="red"
      loading={others.isPending}
      onClick={() => others.mutate()}
    >
      {t("endOthers")}
    </Button>
  )
  return (
    <Box>
      <Panel title={t("sessions")} action={sessions && sessions.data.length > 1 ? endOthers : null}>
        <FailureAlert failure={error ? failureOf(error) : null} />
        {sessions ? (
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {sessions.data.map((session, index) => (
              <SessionLine
                key={session.id}
                session={session}
                isLast={index === sessions.data.length - 1}
                isBusy={one.isPending && one.variables === session.id}
                onEnd={() => one.mutate(session.id)}
              />
            ))}
          </Stack>
        ) : isError ? (
          <ErrorState onRetry={() => void refetch()} />
        ) : (
          <Skeleton h={80} />
        )}
      </Panel>
    </Box>
  )
}

function SessionLine({
  session: { browser, system, userAgent, address, startedAt, lastSeenAt, isThis },
  isLast,
  isBusy,
  onEnd,
}: {
  session: OwnSession
  isLast: boolean
  isBusy: boolean
  onEnd: () => void
}) {
  const t = useTranslations("account")
  const device = browser && system ? t("device", { browser, system }) : (userAgent ?? t("unknownDevice"))
  return (
    <Group
      component="li"
      justify="space-between"
      gap="xs"
      wrap="nowrap"
      align="flex-start"
      pb={isLast ? 0 : "sm"}
      style={isLast ? {} : { borderBottom: "1px solid var(--mantine-color-default-border)" }}
    >
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {device}
          </Text>
          {isThis ? <Badge variant="light">{t("thisOne")}</Badge> : null}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {t.rich("seen", {
            address: address ?? t("unknownAddress"),
            last: () => <TimeAgo at={lastSeenAt} />,
            start: () => <TimeAgo at={startedAt} />,
          })}
        </Text>
      </Stack>
      {isThis ? null : (
        <Button
          size="compact-sm"
          variant="default"
          loading={isBusy}
          onClick={onEnd}
          miw="max-content"
          aria-label={t("endOne", { device })}
        >
          {t("end")}
        </Button>
      )}
    </Group>
  )
}
