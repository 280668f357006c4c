import { readFileSync, writeFileSync } from "node:fs"
import { beforeAll, expect, test } from "vitest"
import { calls } from "@/lib/run/openapi/calls"
import type { Answers } from "@/lib/run/openapi/document"
import type { Json } from "@/lib/run/openapi/json"
import { answerFaults } from "@/tests/support/answer-faults"
import { useDatabase } from "@/tests/support/database"
import { callName } from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, methods } from "@/tests/support/routes"
import { uuidOf, type Place } from "@/tests/support/tables/place"

useDatabase()

const file = "lib/run/openapi/answers.json"
/** Whether to write the answers into the file of examples. */
const isRecording = process.env["RECORD_ANSWERS"] === "true"

// The ids are those of the examples in lib/run/openapi/examples.ts.
const organisation: Place = {
  mark: "a1",
  base: 40,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 100,
  owner: null,
}
const shop: Place = { ...organisation, owner: organisation }
const other: Place = { ...shop, mark: "a2", base: 41 }

beforeAll(async () => {
  await fillEveryTable(organisation, [shop, other])
})

/** Replaces secrets. They work nowhere, but tools that search files for secrets would report them. */
const withoutSecrets = (text: string) =>
  text
    .replaceAll(/tw_[\w-]{7,}/g, "tw_EXAMPLE")
    .replaceAll(/(accept|reset)\/[\w-]{43}/g, "$1/TOKEN")
    .replaceAll(/admin-[\da-f-]{36}@/g, "admin@")

/** A value with at most one object in each list. */
function trimmed(value: Json): Json {
  if (Array.isArray(value))
    return typeof value[0] === "object" && !Array.isArray(value[0]) ? value.slice(0, 1).map(trimmed) : value
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, trimmed(part)]))
}

const headLength = 300

/** Reads first and deletes last, because calls need what others would delete. */
const order = [...methods.filter((method) => method !== "DELETE"), "DELETE"]

test("answers of calls match the document", async () => {
  const { headers } = await givenPerson(organisation.orgId, "admin")
  const recorded = JSON.parse(readFileSync(file, "utf8")) as Answers
  const answered: Answers = {}
  const refused: string[] = []
  for (const route of (await apiRoutes()).toSorted(
    (a, b) => order.indexOf(a.method) - order.indexOf(b.method),
  )) {
    const call = calls[callName(route)]
    if (!call) continue
    const body = call.body ?? call.file?.text
    const response = await callRoute(route, {
      place: shop,
      session: uuidOf(organisation, "session"),
      headers: { ...headers, ...(call.file ? { "content-type": call.file.type } : {}) },
      query: call.query ? `?${new URLSearchParams(call.query)}` : "",
      ...(body === undefined ? {} : { body }),
    })
    const type = response.headers.get("content-type")?.split(";")[0] ?? ""
    const text = withoutSecrets(await response.text())
    if (response.ok)
      answered[callName(route)] = {
        type,
        body: type === "application/json" ? trimmed(JSON.parse(text) as Json) : text.slice(0, headLength),
      }
    else refused.push(`${callName(route)} ${text.slice(0, headLength)}`)
  }
  if (isRecording) {
    writeFileSync(file, `${JSON.stringify({ ...recorded, ...answered }, null, 1)}\n`)
    process.stdout.write(`No answer to record, so write these by hand:\n${refused.join("\n")}\n`)
  }
  expect(Object.keys(answered).length).toBeGreaterThan(90)
  expect(answerFaults(answered)).toEqual([])
})
