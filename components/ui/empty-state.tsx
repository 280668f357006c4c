import { Center, Stack, Text } from "@mantine/core"
import type { ReactNode } from "react"

/** Shown instead of an empty list, with an explanation or a first step. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Center py="xl">
      <Stack gap={6} align="center" maw={560} ta="center">
        <Text fw={600}>{title}</Text>
        {children ? (
          <Text c="dimmed" size="sm" component="div">
            {children}
          </Text>
        ) : null}
      </Stack>
    </Center>
  )
}
