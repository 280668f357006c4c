"use client"

import { Alert, Anchor, Button, Code, Group, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useErrorText } from "@/components/terminals/use-error-text"
import { CopyText } from "@/components/ui/copy-text"
import { SideDrawer } from "@/components/ui/side-drawer"
import { paths } from "@/lib/base/paths"
import { changeHelpLinks } from "@/lib/fleet/terminals/life/life-queries"
import type { Terminal } from "@/lib/fleet/terminals/schemas"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

type Props = { terminal: Pick<Terminal, "id" | "serial" | "helpLink">; onClose: () => void }

/** Makes, shows, replaces and removes a terminal's help link. */
export function HelpLinkDrawer({ terminal: { id, serial, helpLink }, onClose }: Props) {
  const t = useTranslations("helpLink")
  const errorText = useErrorText()
  const colon = useTranslations("common")("colon")
  const client = useQueryClient()
  const changing = useMutation({
    mutationFn: (step: HelpLinkStep) => changeHelpLinks([id], step),
    onSuccess: () => client.invalidateQueries({ queryKey: ["terminals"] }),
  })
  const action = (step: HelpLinkStep, color: string) => (
    <Button
      variant={step === "make" ? "filled" : "light"}
      color={color}
      loading={changing.isPending && changing.variables === step}
      onClick={() => changing.mutate(step)}
    >
      {t(step)}
    </Button>
  )
  return (
    <SideDrawer title={`${t("title")}${colon}${serial}`} onClose={onClose}>
      <Stack>
        <Text size="sm">{t("text")}</Text>
        {changing.error ? (
          <Alert color="red" role="alert">
            {errorText(changing.error)}
          </Alert>
        ) : null}
        {helpLink === null ? (
          <>
            <Text size="sm" c="dimmed">
              {t("none")}
            </Text>
            <Group>{action("make", "teal")}</Group>
          </>
        ) : (
          <>
            <Code block aria-label={t("address")} style={{ whiteSpace: "normal", wordBreak: "break-all" }}>
              {helpLink}
            </Code>
            <Group gap="sm">
              <CopyText text={helpLink} />
              <Anchor size="sm" href={helpLink} target="_blank">
                {t("open")}
              </Anchor>
              <Anchor size="sm" href={`${paths.terminalLabels}?ids=${id}`} target="_blank">
                {t("print")}
              </Anchor>
            </Group>
            <Text size="sm" c="dimmed">
              {t("note")}
            </Text>
            <Group>
              {action("renew", "teal")}
              {action("remove", "red")}
            </Group>
          </>
        )}
      </Stack>
    </SideDrawer>
  )
}
