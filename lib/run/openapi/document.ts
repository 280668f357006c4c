import type { z } from "zod"
import { scopes, type Role, type Scope } from "@/lib/access/actor/actor"
import { permissions, type Permission } from "@/lib/access/actor/permissions"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { calls, type Call } from "@/lib/run/openapi/calls"
import { ingestContent } from "@/lib/run/openapi/ingest-content"
import { jsonSchemaOf, type Json } from "@/lib/run/openapi/json"
import { operationsOf, type Operation, type RouteModule } from "@/lib/run/openapi/operations"
import { problemResponses, problemsOf, Problem } from "@/lib/run/openapi/problems"

/** A recorded answer of each call, by its name: JSON, or the first lines of a file. */
export type Answers = Record<string, { type: string; body: Json }>

/** Examples of path parameters. */
const params: Record<string, string> = {
  token: "t".repeat(43),
  vendor: "stripe",
  codeSystem: "unionpay",
  class: "acquirer",
  rule: "chip_reader",
  week: "2026-W40",
}
const someId = "40001"
const someUuid = "00000000-0000-4000-8000-000000040003"

type Properties = { properties?: Record<string, Json>; required?: string[] }
const propertiesOf = (schema: z.ZodType | undefined): Properties =>
  schema ? (jsonSchemaOf(schema) as Properties) : {}

/** The API as OpenAPI 3.1, made from the permissions and schemas of its routes. */
export function documentOf(routes: Record<string, RouteModule>, answers: Answers) {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operationsOf(routes)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation, answers),
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tillwatch",
      version: "1",
      description:
        "Health of payment terminals: their records, why sales fail, and which terminals are due. " +
        "Times are ISO 8601 with an offset. Lists are paged with `cursor`. " +
        "Errors are problem details (RFC 9457).",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(operationsOf(routes).map(({ noun }) => noun))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: jsonSchemaOf(Problem) },
      responses: problemResponses(),
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: `An API key with the scope that the call names: ${scopes.join(", ")}.`,
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: sessionCookie(false),
          description: `A session of a browser. Over HTTPS the cookie is named ${sessionCookie(true)}.`,
        },
      },
    },
  }
}

const ruleOf = (permission: Permission): { roles: readonly Role[]; key: Scope | null; isWhole?: true } =>
  permissions[permission]

function describe(operation: Operation, answers: Answers): Json {
  const { name, noun, permission, schemas } = operation
  const call = calls[name]
  if (!call) throw new Error(`add ${name} to lib/run/openapi/calls.ts`)
  const rule = permission === null ? null : ruleOf(permission)
  const answer = answers[name]
  const body = bodyOf(name, schemas.body, call)
  return {
    operationId: name.replaceAll(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase()),
    summary: call.summary,
    ...(rule ? { description: descriptionOf(rule) } : {}),
    tags: [noun],
    security: rule === null ? [] : [...(rule.key === null ? [] : [{ key: [] }]), { session: [] }],
    ...(rule?.key ? { "x-scope": rule.key } : {}),
    parameters: [
      ...parametersOf(
        "path",
        schemas.params,
        (field, schema) => params[field] ?? (isUuid(schema) ? someUuid : someId),
      ),
      ...parametersOf("query", schemas.query, (field) => call.query?.[field]),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: {
      "200": {
        description: "Done",
        ...(answer
          ? {
              content: {
                [answer.type]: {
                  schema:
                    schemas.answer === "file" ? { type: "string" } : jsonSchemaOf(schemas.answer, "output"),
                  example: answer.body,
                },
              },
            }
          : {}),
      },
      ...problemsOf(operation, body !== null),
    },
  }
}

const descriptionOf = ({ roles, key, isWhole }: ReturnType<typeof ruleOf>) =>
  [
    key === null ? "Not for keys." : `Keys need the scope ${key}.`,
    `Users need the role ${roles.join(" or ")}.`,
    ...(isWhole ? ["Not for users and keys that are limited to some stores."] : []),
  ].join(" ")

const isUuid = (schema: Json) =>
  typeof schema === "object" && schema !== null && "format" in schema && schema["format"] === "uuid"

function parametersOf(
  place: "path" | "query",
  schema: z.ZodType | undefined,
  exampleOf: (field: string, schema: Json) => string | undefined,
): Json[] {
  const { properties = {}, required = [] } = propertiesOf(schema)
  return Object.entries(properties).map(([name, property]) => {
    const example = exampleOf(name, property)
    return {
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema: property,
      ...(example === undefined ? {} : { example }),
    }
  })
}

function bodyOf(name: string, schema: z.ZodType | undefined, { body, file }: Call): Json | null {
  const ingest = ingestContent(name)
  if (ingest) return { required: true, content: ingest }
  if (schema && body)
    return {
      required: true,
      content: { "application/json": { schema: jsonSchemaOf(schema), example: body as Json } },
    }
  if (file)
    return {
      required: true,
      content: {
        [file.type]:
          file.type === "application/json"
            ? { schema: {}, example: JSON.parse(file.text) as Json }
            : { schema: { type: "string" }, example: file.text },
      },
    }
  return null
}
