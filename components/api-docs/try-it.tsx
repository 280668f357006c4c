"use client"

import { Alert, Button, Code, Group, Select, Stack, Text, Textarea, TextInput, Title } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { OperationProps } from "@/components/api-docs/operation-detail"
import { withQuery } from "@/lib/http/get-json"

const longestShown = 20_000
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2))

function readable(text: string): string {
  try {
    return textOf(JSON.parse(text))
  } catch {
    return text
  }
}

/** Sends the call with the key that was pasted, or as whoever is signed in, and shows what is answered. */
export function TryIt({ path, method, operation: { parameters, requestBody }, apiKey }: OperationProps) {
  const t = useTranslations("apiDocs")
  const content = requestBody?.content ?? {}
  const types = Object.keys(content)
  const [values, setValues] = useState(() => Object.fromEntries(parameters.map(({ name, in: place, example }) => [name, place === "path" ? (example ?? "") : ""])))
  const [type, setType] = useState(types[0] ?? "")
  const [body, setBody] = useState(() => textOf(content[type]?.example ?? ""))
  const send = useMutation({
    mutationFn: async () => {
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""))
      const query = Object.fromEntries(parameters.filter(({ in: place }) => place === "query").map(({ name }) => [name, values[name]]))
      const headers = { ...(type ? { "content-type": type } : {}), ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) }
      const response = await fetch(withQuery(address, query), {
        method: method.toUpperCase(), headers, credentials: apiKey ? "omit" : "same-origin", ...(type ? { body } : {}),
      })
      return { status: response.status, text: (await response.text()).slice(0, longestShown) }
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack gap="xs">
        <Title order={3} size="h6">{t("tryIt")}</Title>
        {parameters.map(({ name, required }) => (
          <TextInput key={name} size="xs" label={name} required={required} value={values[name] ?? ""} onChange={(event) => {
            const { value } = event.currentTarget
            setValues((before) => ({ ...before, [name]: value }))
          }} />
        ))}
        {types.length > 1 ? (
          <Select size="xs" label={t("contentType")} data={types} value={type} allowDeselect={false} onChange={(chosen) => {
            if (chosen === null) return
            setType(chosen)
            setBody(textOf(content[chosen]?.example ?? ""))
          }} />
        ) : null}
        {type ? <Textarea label={t("body")} autosize minRows={3} maxRows={16} value={body} onChange={(event) => setBody(event.currentTarget.value)} styles={{ input: { fontFamily: "monospace", fontSize: 12 } }} /> : null}
        <Group>
          <Button type="submit" size="xs" loading={send.isPending} color={method === "delete" ? "red" : "blue"}>{t("send")}</Button>
          <Text size="xs" c="dimmed">{apiKey ? t("withKey") : t("withSession")}</Text>
        </Group>
        {send.isError ? <Alert color="red" role="alert">{send.error.message}</Alert> : null}
        {send.data ? (
          <div role="status">
            <Text size="sm" fw={600}>{send.data.status}</Text>
            <Code block mah={400} style={{ overflow: "auto" }} tabIndex={0}>{readable(send.data.text)}</Code>
          </div>
        ) : null}
      </Stack>
    </form>
  )
}
