"use client"

import { Code, Spoiler, Stack, Table, Text, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { TryIt } from "@/components/api-docs/try-it"
import type { ApiDocument, DocumentedOperation } from "@/lib/openapi/schemas"

export type OperationProps = { path: string; method: string; operation: DocumentedOperation; apiKey: string }

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2))

/** What a call asks for and answers, with examples, and the form that sends it. */
export function OperationDetail({ document, ...props }: OperationProps & { document: ApiDocument }) {
  const t = useTranslations("apiDocs")
  const { description, parameters, requestBody, responses } = props.operation
  const problems = Object.entries(responses).flatMap(([status, { $ref }]) => {
    const problem = document.components.responses[$ref?.split("/").at(-1) ?? ""]
    return problem ? [{ status, ...problem }] : []
  })
  return (
    <Stack gap="sm">
      {description ? <Text size="sm" c="dimmed">{description}</Text> : null}
      {parameters.length > 0 ? (
        <Table.ScrollContainer minWidth={300}>
          <Table>
            <Table.Tbody>
              {parameters.map(({ name, in: place, required, schema }) => (
                <Table.Tr key={name}>
                  <Table.Td><Code>{name}</Code>{required ? " *" : ""}</Table.Td>
                  <Table.Td>{t(place)}</Table.Td>
                  <Table.Td><Text size="xs" ff="monospace" style={{ wordBreak: "break-all" }}>{JSON.stringify(schema)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {Object.entries(requestBody?.content ?? {}).map(([type, { schema, example }]) => <Example key={type} title={`${t("request")} · ${type}`} schema={schema} example={example} />)}
      {Object.entries(responses["200"]?.content ?? {}).map(([type, { schema, example }]) => <Example key={type} title={`${t("answer")} · 200 · ${type}`} schema={schema} example={example} />)}
      <Title order={3} size="h6">{t("problems")}</Title>
      <Spoiler maxHeight={110} showLabel={t("more")} hideLabel={t("less")}>
        <Stack gap="xs">
          {problems.map(({ status, description: title, content }) => (
            <div key={title}>
              <Text size="sm">{status} · {title}</Text>
              {Object.entries(content).map(([type, { example }]) => <Code key={type} block>{textOf(example)}</Code>)}
            </div>
          ))}
        </Stack>
      </Spoiler>
      <TryIt {...props} />
    </Stack>
  )
}

function Example({ title, schema, example }: { title: string; schema: unknown; example: unknown }) {
  const t = useTranslations("apiDocs")
  return (
    <div>
      <Title order={3} size="h6" mb={4}>{title}</Title>
      <Code block mah={320} style={{ overflow: "auto" }} tabIndex={0}>{textOf(example)}</Code>
      <Spoiler maxHeight={0} showLabel={t("schema")} hideLabel={t("less")}>
        <Code block mah={320} style={{ overflow: "auto" }} tabIndex={0}>{textOf(schema)}</Code>
      </Spoiler>
    </div>
  )
}
