"use client"

import { Alert, Anchor, Button, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { MergeDialog } from "@/components/terminals/merge-dialog"
import { paths } from "@/lib/base/paths"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

type Props = { terminal: Pick<Terminal, "id" | "serial" | "alike" | "status">; canChange: boolean }
type Named = Terminal["alike"][number]

/** Terminals whose serial numbers differ only in spelling, each with a button to merge it into this one. */
export function AlikeNotice({ terminal, canChange }: Props) {
  const t = useTranslations("terminal")
  const [merged, setMerged] = useState<Named | null>(null)
  if (terminal.alike.length === 0) return null
  return (
    <Alert color="yellow" title={t("alike")}>
      <Stack gap="xs">
        {t("alikeText")}
        {terminal.alike.map((other) => (
          <Group key={other.id} gap="sm">
            <TerminalLink terminal={other} />
            {canChange && terminal.status !== "retired" ? (
              <Button size="compact-xs" variant="light" onClick={() => setMerged(other)}>
                {t("merge", { serial: other.serial })}
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
      {merged ? <MergeDialog kept={terminal} merged={merged} onClose={() => setMerged(null)} /> : null}
    </Alert>
  )
}

function TerminalLink({ terminal: { id, serial } }: { terminal: Named }) {
  return (
    <Anchor component={Link} href={paths.terminal(id)} size="sm">
      {serial}
    </Anchor>
  )
}

/** Where a merged terminal's records are, or which terminals were merged into this one. */
export function MergedNotice({ mergedInto, merged }: Pick<Terminal, "mergedInto" | "merged">) {
  const t = useTranslations("terminal")
  if (mergedInto)
    return (
      <Alert color="blue" title={t("mergedInto")}>
        {t("mergedIntoText")} <TerminalLink terminal={mergedInto} />
      </Alert>
    )
  if (merged.length === 0) return null
  return (
    <Group gap="xs">
      {t("alsoNamed")}
      {merged.map((other) => (
        <TerminalLink key={other.id} terminal={other} />
      ))}
    </Group>
  )
}
