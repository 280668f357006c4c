"use client"

import { Box, Button, Code, Group, Stack, Text, TextInput } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import type { SubmitEvent } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { failureOf } from "@/lib/access/account/failure"
import { confirmTotp } from "@/lib/access/account/queries"
import type { TotpSetUp } from "@/lib/access/account/schemas"

// Scanners need a white margin of four modules, also in the dark theme.
const margin = 4

/** Shows the secret as a QR code and as text, and asks for a code from the app. */
export function TotpSetUpForm({
  setUp: { text, qr },
  onDone,
  onCancel,
}: {
  setUp: TotpSetUp
  onDone: (codes: string[]) => Promise<void>
  onCancel: () => void
}) {
  const t = useTranslations("account")
  const access = useTranslations("access")
  const confirm = useMutation({ mutationFn: async (code: string) => onDone((await confirmTotp(code)).codes) })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    confirm.mutate(String(new FormData(event.currentTarget).get("code") ?? ""))
  }
  const side = qr.size + 2 * margin
  return (
    <form method="post" onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t("scan")}</Text>
        <Box
          component="svg"
          viewBox={`${-margin} ${-margin} ${side} ${side}`}
          role="img"
          aria-label={t("qrCode")}
          w={200}
          maw="100%"
          bdrs="md"
          style={{ background: "white" }}
          shapeRendering="crispEdges"
        >
          <path d={qr.path} fill="black" />
        </Box>
        <Text size="sm">{t("orType")}</Text>
        <Code block style={{ overflowWrap: "anywhere", whiteSpace: "normal" }} data-testid="totp-secret">
          {text.match(/.{1,4}/g)?.join(" ")}
        </Code>
        <FailureAlert failure={confirm.isError ? failureOf(confirm.error) : null} />
        <TextInput
          name="code"
          label={access("code")}
          description={t("confirmHint")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
          required
          withAsterisk={false}
        />
        <Group gap="xs">
          <Button type="submit" loading={confirm.isPending}>
            {t("confirm")}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {access("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
