"use client"

import { Box, Group, Stack, Text } from "@mantine/core"
import type { ReactNode } from "react"
import { FlagBody } from "@/components/flags/flag-card"
import type { FlagRow } from "@/components/flags/flag-columns"
import { FlagLine } from "@/components/flags/flag-line"
import { FlagReason } from "@/components/flags/flag-reason"
import { TerminalsOfFlags } from "@/components/flags/terminals-of-flags"
import { KindBadge } from "@/components/ui/badges"

/** A group of flags with the same reasons, as one card. `isPart`: other pages may have more of the group. */
export const flagCard = (row: FlagRow, checkbox: ReactNode) =>
  row.flags.length === 1 ? (
    <FlagBody
      flag={row.first}
      head={<Selectable checkbox={checkbox} head={<FlagLine flag={row.first} />} />}
    />
  ) : (
    <FlagBody flag={row.first} head={<Selectable checkbox={checkbox} head={<GroupHead row={row} />} />}>
      <TerminalsOfFlags flags={row.flags} isPart={row.isPart} />
    </FlagBody>
  )

const Selectable = ({ checkbox, head }: { checkbox: ReactNode; head: ReactNode }) => (
  <Group gap="xs" align="flex-start" wrap="nowrap">
    {checkbox}
    <Box flex={1} miw={0}>
      {head}
    </Box>
  </Group>
)

function GroupHead({ row: { first } }: { row: FlagRow }) {
  return (
    <Stack gap={2} align="flex-start">
      <KindBadge kind={first.kind} />
      {first.reasons.map((reason, i) => (
        <Text key={`${reason.code} ${i}`} size="sm">
          <FlagReason reason={reason} />
        </Text>
      ))}
    </Stack>
  )
}
