import sql from "sql-template-tag"
import { expect, test } from "vitest"
import * as modelsRoute from "@/app/api/v1/models/route"
import { GET as preview } from "@/app/api/v1/release-policies/preview/route"
import * as policies from "@/app/api/v1/release-policies/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addEntry, givenManager, json, post, type Headers } from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"

useDatabase()

/** Active terminals with these versions of the app, and others that no rule looks at. */
async function givenVersions(orgId: string, versions: string[]): Promise<void> {
  const run = async (version: string, status: string) => {
    const { terminalId } = await givenTerminal(orgId, { status })
    await givenBeats(orgId, terminalId, { until: 1, count: 1 })
    await asWorker((db) =>
      db.query(sql`update terminal_state set app = ${version} where terminal_id = ${terminalId}::bigint`),
    )
  }
  for (const version of versions) await run(version, "active")
  await run("0.1", "spare")
}

const effectOf = (headers: Headers, minimumVersion: string) =>
  json<{ terminals: number; behind: number; isVersion: boolean }>(
    call(preview, `/api/v1/release-policies/preview?component=app&minimumVersion=${minimumVersion}`, {
      headers,
    }),
  )

const draft = (minimumVersion: string) => ({ component: "app", minimumVersion, model: null, dueOn: null })

test("a minimum version flags as many terminals as its preview says", async () => {
  const { orgId, headers, readKey } = await givenManager()
  await givenVersions(orgId, ["1.9", "1.10", "1.10", "1.11", "golden", "2.0"])
  for (const [minimum, behind] of [
    ["1.9", 0],
    ["1.10", 1],
    ["v1.11", 3],
    ["9", 5],
  ] as const)
    expect(await effectOf(headers, minimum)).toMatchObject({ terminals: 6, behind, isVersion: true })
  expect((await post(policies, headers, draft("1.11"))).status).toBe(200)
  await detect(orgId, 2)
  const { data } = await flagsOf(readKey, "?kind=update")
  expect(data).toHaveLength(3)
})

test("takes a version that exists or reads as one, and refuses another word", async () => {
  const { orgId, headers } = await givenManager()
  await givenVersions(orgId, ["golden"])
  for (const [word, isVersion] of [
    ["banana", false],
    ["golden", true],
    ["3.0", true],
  ] as const) {
    expect(await effectOf(headers, word)).toMatchObject({ isVersion, behind: 0 })
    const model = { name: word, manufacturer: null }
    const { id } = await addEntry(modelsRoute, headers, model)
    const answer = await post(policies, headers, { ...draft(word), model: id })
    const { field } = (await answer.json()) as { field?: string }
    expect([word, answer.status, field]).toEqual(
      isVersion ? [word, 200, undefined] : [word, 422, "minimumVersion"],
    )
  }
})
