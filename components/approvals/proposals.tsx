"use client"

import { Accordion, Button, Group, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { Day, EndDay } from "@/components/catalogue/day"
import { ErrorState } from "@/components/ui/error-state"
import { Labelled } from "@/components/ui/labelled"
import { useGap } from "@/components/ui/use-language"
import { proposalsOptions } from "@/lib/fleet/approvals/queries"
import type { Proposal } from "@/lib/fleet/approvals/schemas"

/** Publicly known approvals, which the user can add. */
export function Proposals({
  ofComponents,
  onAdopt,
}: {
  ofComponents: boolean
  onAdopt: (proposal: Proposal) => void
}) {
  const t = useTranslations("catalogue")
  const gap = useGap()
  const known = useQuery(proposalsOptions())
  const proposals = known.data?.data.filter(({ component }) => (component !== null) === ofComponents)
  if (!proposals) return known.isError ? <ErrorState onRetry={() => void known.refetch()} /> : null
  if (proposals.length === 0) return null
  return (
    <Accordion variant="contained" mt="sm">
      <Accordion.Item value="proposals">
        <Accordion.Control>
          <Text size="sm" fw={600}>
            {t("proposals", { count: proposals.length })}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t("proposalsText")}
            </Text>
            {proposals.map((proposal) => (
              <Group key={proposal.reference} justify="space-between" gap="xs">
                <Stack gap={0} maw={620}>
                  <Text size="sm">
                    <Text span fw={600} size="sm">
                      {proposal.reference}
                    </Text>{" "}
                    {proposal.yearsAfterLetter === null ? (
                      <Labelled label={t("deployEndOn")}>
                        <EndDay on={proposal.deployEndOn} />
                      </Labelled>
                    ) : (
                      t("yearsAfterLetter", { years: proposal.yearsAfterLetter })
                    )}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                    {proposal.note} {t("sourceChecked", { source: proposal.source })}
                    {gap}
                    <Day on={proposal.checkedOn} />
                  </Text>
                </Stack>
                <Button
                  size="compact-xs"
                  variant="light"
                  onClick={() => onAdopt(proposal)}
                  aria-label={t("adoptNamed", { reference: proposal.reference })}
                >
                  {t("adopt")}
                </Button>
              </Group>
            ))}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
