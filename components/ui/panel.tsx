import { Group, Paper, Title } from "@mantine/core"
import type { ReactNode } from "react"

/** A titled part of a page. */
export function Panel({
  title,
  action,
  children,
}: {
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <Paper component="section" withBorder p="md" h="100%" className="print-section" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Paper>
  )
}
