"use client"

import { Paper, Text } from "@mantine/core"
import Link from "next/link"

/** A number of terminals, with a link to them. */
export function StateCard({
  href,
  label,
  value,
  color,
}: {
  href: string
  label: string
  value: string
  color?: string | undefined
}) {
  return (
    <Paper component={Link} href={href} withBorder p="sm" c="inherit" style={{ textDecoration: "none" }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz={26} fw={700} lh={1.2} {...(color ? { c: color } : {})}>
        {value}
      </Text>
    </Paper>
  )
}
