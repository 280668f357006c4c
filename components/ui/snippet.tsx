import { Code, Group, Stack } from "@mantine/core"
import { CopyText } from "@/components/ui/copy-text"

/** A piece of code with a button to copy it. */
export function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <Stack gap={4}>
      <Group justify="flex-end">
        <CopyText text={text} size="compact-xs" />
      </Group>
      <Code block tabIndex={0} role="region" aria-label={label}>
        {text}
      </Code>
    </Stack>
  )
}
