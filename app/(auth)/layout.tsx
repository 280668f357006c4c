import { Box, Center, Group, Paper, Stack, Text } from "@mantine/core"
import Image from "next/image"
import type { ReactNode } from "react"
import { Preferences } from "@/components/shell/preferences"

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <Center mih="100vh" p="md">
      <Stack w="100%" maw={400} gap="md">
        <Group component="header" justify="space-between">
          <Group gap="xs">
            <Image src="/icon.svg" alt="" width={28} height={28} unoptimized />
            <Text fw={700} size="lg">
              Tillwatch
            </Text>
          </Group>
          <Preferences />
        </Group>
        <Paper withBorder p="lg">
          <Box component="main">{children}</Box>
        </Paper>
      </Stack>
    </Center>
  )
}
