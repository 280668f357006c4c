import { expect, test } from "vitest"
import { GET as getTerminal } from "@/app/api/v1/terminals/[id]/route"
import { GET as getTrend } from "@/app/api/v1/terminals/[id]/trend/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import type { Terminal, TerminalPage, Trend } from "@/lib/fleet/terminals/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeats, lines, minutesAgo } from "@/tests/support/ingest"

useDatabase()

test("lists terminals with a wrong clock, worst first, and shows since when", async () => {
  const { orgId, ingestKey, readKey } = await givenOrganisation()
  const [right, slow, fast] = [
    await givenTerminal(orgId),
    await givenTerminal(orgId),
    await givenTerminal(orgId),
  ]
  // The clock of `slow` is twelve minutes slow.
  await heartbeats({
    key: ingestKey,
    body: lines([
      { terminal: right.serial, at: minutesAgo(1), sentAt: minutesAgo(1) },
      { terminal: slow.serial, at: minutesAgo(200) },
      { terminal: slow.serial, at: minutesAgo(13), sentAt: minutesAgo(12) },
      { terminal: fast.serial, at: minutesAgo(-89), sentAt: minutesAgo(-90) },
    ]),
  })
  await foldAll()
  const { data, total } = (await (
    await call(getTerminals, "/api/v1/terminals?clock=wrong&sort=clock&order=desc", { key: readKey })
  ).json()) as TerminalPage
  expect(data.map(({ serial, clockOffsetMs }) => [serial, Math.round(clockOffsetMs / 60_000)])).toEqual([
    [fast.serial, -90],
    [slow.serial, 12],
  ])
  expect(total).toBe(2)
  const silent = await givenTerminal(orgId)
  await heartbeats({ key: ingestKey, body: lines([{ terminal: silent.serial, at: minutesAgo(1) }]) })
  const isKnown = async ({ terminalId }: { terminalId: number }) => {
    const params = { id: String(terminalId) }
    const answer = await call(getTerminal, `/api/v1/terminals/${terminalId}`, { key: readKey, params })
    return ((await answer.json()) as Terminal).isClockKnown
  }
  expect([await isKnown(right), await isKnown(silent)]).toEqual([true, false])

  const trendOf = async (terminalId: number) =>
    (await (
      await call(getTrend, `/api/v1/terminals/${terminalId}/trend`, {
        key: readKey,
        params: { id: String(terminalId) },
      })
    ).json()) as Trend
  expect(
    (await trendOf(slow.terminalId)).hours.map(({ clockFastMinutes }) =>
      clockFastMinutes === null ? null : Math.round(clockFastMinutes),
    ),
  ).toEqual([0, -12])
  expect((await trendOf(right.terminalId)).hours.map(({ clockFastMinutes }) => clockFastMinutes)).toEqual([
    null,
  ])
})
