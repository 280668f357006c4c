import { GET as getFlags } from "@/app/api/v1/flags/route"
import { detectOnce } from "@/lib/insight/flags/detect"
import type { FlagPage } from "@/lib/insight/flags/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

export const minute = 60_000
export const alwaysOpen = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
)

type Fields = Record<string, unknown>

/** Stores `count` heartbeats, one every `every` minutes, the last one `until` minutes ago. */
export async function givenBeats(
  orgId: string,
  terminalId: number,
  {
    every = 15,
    until = 1,
    count = 10,
    fields = {},
  }: { every?: number; until?: number; count?: number; fields?: Fields } = {},
) {
  const rows = Array.from({ length: count }, (_, i) => ({
    terminal_id: terminalId,
    at: new Date(Date.now() - (until + i * every) * minute).toISOString(),
    ...fields,
  }))
  await givenBatch(orgId, "heartbeat", rows)
  await foldAll()
}

/** Evaluates `runs` times, half a minute apart. The last time is in `endingIn` minutes. */
export async function detect(orgId: string, runs: number, endingIn = 0) {
  const last = Date.now() + endingIn * minute
  for (let run = runs - 1; run >= 0; run -= 1)
    await detectOnce({ orgId, now: new Date(last - (run * minute) / 2) })
}

export const flagsOf = async (key: string, search = ""): Promise<FlagPage> =>
  (await call(getFlags, `/api/v1/flags${search}`, { key })).json() as Promise<FlagPage>
