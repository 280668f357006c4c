"use client"

import { Alert, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core"
import { Dropzone } from "@mantine/dropzone"
import "@mantine/dropzone/styles.css"
import { IconFileSpreadsheet, IconUpload, IconX } from "@tabler/icons-react"
import { useFormatter, useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useRef, useState, type RefObject } from "react"
import { ReadingOptions, type Reading } from "@/components/imports/reading-options"
import { RequestFailed } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import type { RecordFileKind } from "@/lib/intake/imports/mapping/targets"
import { sendFile } from "@/lib/intake/imports/runs/queries"

const mostBytes = 512 * 1024 * 1024
const accepted = {
  "text/csv": [".csv", ".txt", ".tsv"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
  "application/vnd.ms-excel": [".csv"],
}

type Sending = { name: string; fraction: number; stop: AbortController }

/** Uploads a file by drop or choice, then opens its import. */
export function UploadZone({ kind }: { kind: RecordFileKind | null }) {
  const t = useTranslations("imports")
  const router = useRouter()
  const [reading, setReading] = useState<Reading>({})
  const [sending, setSending] = useState<Sending | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const open = useRef<() => void>(null)

  const send = async (file: File | undefined) => {
    if (!file) return
    const stop = new AbortController()
    setProblem(null)
    setSending({ name: file.name, fraction: 0, stop })
    try {
      const run = await sendFile({
        file,
        query: { ...reading, ...(kind ? { kind } : {}) },
        signal: stop.signal,
        onProgress: (fraction) => setSending((now) => now && { ...now, fraction }),
      })
      router.push(paths.import(run.id))
    } catch (error) {
      setSending(null)
      if (!stop.signal.aborted) setProblem(error instanceof RequestFailed ? error.message : t("uploadBroke"))
    }
  }

  if (sending) return <SendingPanel sending={sending} />
  return (
    <Stack gap="xs">
      <FileDropzone kind={kind} openRef={open} onFile={(file) => void send(file)} onProblem={setProblem} />
      <Group justify="space-between" gap="xs">
        <ReadingOptions reading={reading} onChange={setReading} />
        <Button size="xs" leftSection={<IconUpload size={16} aria-hidden />} onClick={() => open.current?.()}>
          {t("choose")}
        </Button>
      </Group>
      {problem ? (
        <Alert
          color="red"
          role="alert"
          withCloseButton
          closeButtonLabel={t("close")}
          onClose={() => setProblem(null)}
        >
          {problem}
        </Alert>
      ) : null}
    </Stack>
  )
}

function SendingPanel({ sending }: { sending: Sending }) {
  const t = useTranslations("imports")
  const format = useFormatter()
  const isSent = sending.fraction >= 1
  return (
    <Paper withBorder p="lg" role="status">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600} truncate>
            {sending.name}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => sending.stop.abort()}>
            {t("stop")}
          </Button>
        </Group>
        <Progress
          value={sending.fraction * 100}
          animated={isSent}
          striped={isSent}
          aria-label={t("uploading")}
        />
        <Text size="sm" c="dimmed">
          {isSent
            ? t("reading")
            : t("sent", {
                share: format.number(sending.fraction, { style: "percent", maximumFractionDigits: 0 }),
              })}
        </Text>
      </Stack>
    </Paper>
  )
}

function FileDropzone({
  kind,
  openRef,
  onFile,
  onProblem,
}: {
  kind: RecordFileKind | null
  openRef: RefObject<(() => void) | null>
  onFile: (file: File | undefined) => void
  onProblem: (text: string) => void
}) {
  const t = useTranslations("imports")
  return (
    <Dropzone
      onDrop={(files) => onFile(files[0])}
      onReject={(files) =>
        onProblem(
          files[0]?.errors.some(({ code }) => code === "file-too-large") ? t("tooLarge") : t("wrongKind"),
        )
      }
      accept={accepted}
      maxSize={mostBytes}
      multiple={false}
      openRef={openRef}
      aria-label={t("drop")}
      inputProps={{ "aria-label": t("drop") }}
    >
      <Group justify="center" gap="md" mih={128} style={{ pointerEvents: "none" }}>
        <Dropzone.Accept>
          <IconUpload size={40} stroke={1.4} aria-hidden />
        </Dropzone.Accept>
        <Dropzone.Reject>
          <IconX size={40} stroke={1.4} aria-hidden />
        </Dropzone.Reject>
        <Dropzone.Idle>
          <IconFileSpreadsheet size={40} stroke={1.4} aria-hidden />
        </Dropzone.Idle>
        <Stack gap={4} maw={520}>
          <Text fw={600}>{t("drop")}</Text>
          <Text size="sm" c="dimmed">
            {kind === "terminals" ? t("dropTerminals") : t("dropText")}
          </Text>
        </Stack>
      </Group>
    </Dropzone>
  )
}
