import { setTimeout as pause } from "node:timers/promises"
import { closeDatabase } from "@/lib/db/client"
import { log } from "@/lib/log"
import { demoOrganisation, setDemoProgress } from "@/lib/simulation/demo-organisation"
import { demoDayMs, demoDays } from "@/lib/simulation/records"
import { sendWindow } from "@/lib/simulation/send"

// Fills the demo, the newest days first, and then keeps sending what happens now. Every record has an
// identity, so a day that was sent half before a stop is simply sent again.

const liveEveryMs = 15_000
const minuteMs = 60_000

const stopping = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort())

const demo = await demoOrganisation({ password: process.env["DEMO_PASSWORD"] ?? "" })
const daysDone = Math.round((demo.progressPct / 100) * demoDays)
const since = Date.now()

// A stop of up to two days is caught up at once; the rest of a longer one stays a gap.
await sendWindow(demo, since - 2 * demoDayMs, since, { isLive: false })
log.info("the demo's last two days are in")
for (let day = Math.max(2, daysDone); day < demoDays && !stopping.signal.aborted; day += 1) {
  const to = demo.startedAt - day * demoDayMs
  await sendWindow(demo, to - demoDayMs, to, { isLive: false })
  await setDemoProgress(demo.actor.orgId, Math.round(((day + 1) / demoDays) * 100))
}
log.info("the demo is filled; it goes on sending")

let sentUntil = since
while (!stopping.signal.aborted) {
  const now = Date.now()
  try {
    await sendWindow(demo, sentUntil - minuteMs, now, { isLive: true })
    sentUntil = now
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "the demo could not send; it tries again")
  }
  await pause(liveEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
}
await closeDatabase()
