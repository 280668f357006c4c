import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { Validator } from "@seriousme/openapi-schema-validator"
import { describe, expect, test } from "vitest"
import { GET } from "@/app/api/v1/openapi.json/route"
import { routes } from "@/app/api/v1/openapi.json/routes"
import { authCookies } from "@/lib/access/sessions/auth-cookies"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import answers from "@/lib/run/openapi/answers.json"
import { calls } from "@/lib/run/openapi/calls"
import { documentOf, type Answers } from "@/lib/run/openapi/document"
import { operationsOf } from "@/lib/run/openapi/operations"
import { Problem, problemResponses } from "@/lib/run/openapi/problems"
import { readsOf, samplesOf } from "@/tests/bench/read/samples"
import { answerFaults } from "@/tests/support/answer-faults"
import { ApiDocument } from "@/tests/support/api-document"

const operations = operationsOf(routes)
const document = documentOf(routes, answers as Answers)

test("the document has every route except its own", () => {
  const files = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("route.ts"))
    .map((path) => `/api/v1/${path.replace(/\/route\.ts$/, "")}`)
  expect(Object.keys(routes).toSorted()).toEqual(
    files.filter((path) => path !== "/api/v1/openapi.json").toSorted(),
  )
  expect(Object.keys(calls).toSorted()).toEqual(operations.map(({ name }) => name).toSorted())
})

test("the benchmark of reading calls every GET route", () => {
  const names = readsOf(routes)
  expect(new Set(samplesOf(names, "someone").map(({ name }) => name))).toEqual(new Set(names))
})

test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test("operation ids are unique, and all references exist", () => {
  const paths = Object.values(ApiDocument.parse(document).paths)
  expect(
    new Set(paths.flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))).size,
  ).toBe(operations.length)
  const targets = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]*)"/g)].map(
    ([, pointer = ""]) => pointer,
  )
  const isThere = (pointer: string) =>
    pointer
      .split("/")
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document) !==
    undefined
  expect(targets.length).toBeGreaterThan(0)
  expect(targets.filter((pointer) => !isThere(pointer))).toEqual([])
})

test("the document names the session cookie that sign-in sets", () => {
  expect(document.components.securitySchemes.session).toMatchObject({
    in: "cookie",
    name: authCookies(false).sessionToken?.name,
    description: expect.stringContaining(` ${authCookies(true).sessionToken?.name}.`) as string,
  })
})

test("visitors may read the document", async () => {
  expect(existsSync(join("app", "api/v1/openapi.json/route.ts"))).toBe(true)
  expect(GET.permission).toBeNull()
})

describe("examples", () => {
  test.each(
    operations.filter(({ schemas }) => schemas.body).map((operation) => [operation.name, operation] as const),
  )("of the body of %s match its schema", (name, { schemas }) => {
    expect(schemas.body?.safeParse(calls[name]?.body).error?.issues).toBeUndefined()
    expect(calls[name]?.body).toBeDefined()
  })

  test.each(
    operations
      .filter(({ schemas }) => schemas.query)
      .map((operation) => [operation.name, operation] as const),
  )("of the query of %s match its schema", (name, { schemas }) => {
    expect(schemas.query?.safeParse(calls[name]?.query ?? {}).error?.issues).toBeUndefined()
  })

  test("of path parameters match their schemas", () => {
    const paths = ApiDocument.parse(document).paths
    const isValid = ({ path, method, schemas }: (typeof operations)[number]) => {
      const given =
        paths[path]?.[method.toLowerCase()]?.parameters.filter((parameter) => parameter.in === "path") ?? []
      return (
        schemas.params?.safeParse(Object.fromEntries(given.map(({ name, example }) => [name, example])))
          .success ?? true
      )
    }
    expect(operations.filter((operation) => !isValid(operation)).map(({ name }) => name)).toEqual([])
  })

  test("of records match their schemas", () => {
    expect(Heartbeat.safeParse(JSON.parse(calls["POST /api/v1/heartbeats"]?.file?.text ?? "")).success).toBe(
      true,
    )
    expect(
      Transaction.safeParse(JSON.parse(calls["POST /api/v1/transactions"]?.file?.text ?? "")).success,
    ).toBe(true)
  })

  test("of answers match their schemas, and every call has one", () => {
    expect(answerFaults(answers as Answers)).toEqual([])
    expect(Object.keys(answers).toSorted()).toEqual(operations.map(({ name }) => name).toSorted())
  })

  test("of problems come from the call's own schemas and permission", () => {
    const example = (path: string, method: string, status: string) =>
      ApiDocument.parse(document).paths[path]?.[method]?.responses[status]?.content?.[
        "application/problem+json"
      ]?.example
    expect(example("/api/v1/stores", "post", "403")).toMatchObject({
      code: "forbidden",
      detail: "This key needs the scope write.",
    })
    expect(example("/api/v1/stores", "post", "422")).toMatchObject({
      code: "invalid",
      errors: [{ field: "code" }, { field: "name" }],
    })
    expect(example("/api/v1/stores/{id}", "get", "422")).toMatchObject({
      code: "invalid",
      errors: [{ field: "id" }],
    })
  })

  test("of an answer and of a problem exist for every call", () => {
    const parsed = ApiDocument.parse(document)
    const all = Object.values(parsed.paths).flatMap((methods) => Object.values(methods))
    expect(
      all.filter(({ responses }) => !responses["200"]?.content).map(({ operationId }) => operationId),
    ).toEqual([])
    expect(
      all
        .filter(({ responses }) => !Object.values(responses).some(({ $ref }) => $ref))
        .map(({ operationId }) => operationId),
    ).toEqual([])
    for (const { content } of Object.values(problemResponses()))
      expect(Problem.safeParse(content["application/problem+json"].example).success).toBe(true)
  })
})
