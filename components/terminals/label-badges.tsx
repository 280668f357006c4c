import { Badge, Group } from "@mantine/core"

export function LabelBadges({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null
  return (
    <Group gap={4}>
      {labels.map((label) => (
        <Badge key={label} size="xs" variant="light" color="indigo" miw={0} maw={180}>
          {label}
        </Badge>
      ))}
    </Group>
  )
}
