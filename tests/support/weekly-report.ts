import { expect } from "vitest"
import { GET as getReport } from "@/app/api/v1/reports/weekly/[week]/route"
import { addDays } from "@/lib/base/time/zone"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { call } from "@/tests/support/http"
import { answerOf, lines, transactionsOnce } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

// A week that is over in every zone. Shanghai is always UTC+8, and Phoenix always UTC-7.
export const thisWeek = weekOf(new Date(), "Asia/Shanghai")
export const week = shiftWeek(thisWeek, -2)
export const monday = 0
export const sunday = 6
const at = (day: number, clock: string, offset: string) => `${addDays(week.from, day)}T${clock}${offset}`
export const shanghai = (day: number, clock: string) => at(day, clock, "+08:00")
export const phoenix = (day: number, clock: string) => at(day, clock, "-07:00")

export const reportOf = async (key: string, name = week.name, query = ""): Promise<WeeklyReport> => {
  const path = `/api/v1/reports/weekly/${name}${query}`
  const response = await call(getReport, path, { key, params: { week: name } })
  expect(response.status).toBe(200)
  return response.json() as Promise<WeeklyReport>
}

type Sale = { at: string; code?: string; card?: string; outcome?: string; codeSystem?: string }

export async function givenSales(ingestKey: string, terminal: string, sales: Sale[]) {
  const records = sales.map(
    (
      {
        at: time,
        code = "00",
        card,
        outcome = code === "00" ? "approved" : "declined",
        codeSystem = "unionpay",
      },
      i,
    ) => ({
      terminal,
      at: time,
      id: `${terminal}-${i}`,
      outcome,
      codeSystem,
      code,
      entryMode: "chip",
      cardRef: card ?? `card-${terminal}-${i}`,
    }),
  )
  const { accepted } = await answerOf(await transactionsOnce({ key: ingestKey, body: lines(records) }))
  expect(accepted).toBe(sales.length)
  await foldAll()
}

export async function givenBeats(
  orgId: string,
  terminalId: number,
  times: string[],
  fields: Record<string, unknown> = {},
) {
  await givenBatch(
    orgId,
    "heartbeat",
    times.map((time) => ({ terminal_id: terminalId, at: time, ...fields })),
  )
  await foldAll()
}
