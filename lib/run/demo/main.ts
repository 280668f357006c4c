import { setTimeout as wait } from "node:timers/promises"
import { closeDatabase } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { log } from "@/lib/base/log/log"
import { settleTrends } from "@/lib/insight/trends/settle-trends"
import { daysToFill, demoDayMs } from "@/lib/run/demo/fill"
import { demoOrganisation, setDemoProgress } from "@/lib/run/demo/organisation"
import { sendWindow } from "@/lib/run/demo/send"
import { openWhenBegun } from "@/lib/run/demo/sql"
import { endWithLauncher } from "@/lib/run/health/launched"

// Fills the demo, the newest days first, then sends new records as they happen. Records have an identity,
// so a day that was interrupted is sent again.

const liveEveryMs = 15_000
const retryAfterMs = 5_000
const minuteMs = 60_000
/** After the start, flags of what was wrong before open within this time. */
const firstRoundsMs = 10 * minuteMs
const saidEveryPct = 20
/** After a stop, this much is caught up. The rest of a longer stop stays a gap. */
const catchUpMs = 2 * demoDayMs

endWithLauncher()
const stopping = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort())
const pause = (milliseconds: number) =>
  wait(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined)

const demo = await demoOrganisation({ password: process.env["DEMO_PASSWORD"] ?? "" })

/** Retries until it works. Returns false if the demo is stopped before. */
async function send(from: number, to: number, { isLive }: { isLive: boolean }): Promise<boolean> {
  while (!stopping.signal.aborted) {
    try {
      await sendWindow(demo, from, to, { isLive })
      return true
    } catch (error) {
      log.warn(
        { error: error instanceof Error ? error.message : "unknown" },
        "the demo could not send and tries again",
      )
      await pause(retryAfterMs)
    }
  }
  return false
}

/** Lets flags of conditions from before the demo's start open when these began. */
const settleFlags = () =>
  asWorker((db) =>
    openWhenBegun(db, {
      orgId: demo.actor.orgId,
      from: new Date(demo.startedAt),
      until: new Date(demo.startedAt + firstRoundsMs),
    }),
  ).catch((error: unknown) => {
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "the demo's flags open now")
  })

/** The worker takes in weeks once an hour. The demo has them as soon as it is filled. */
async function settleWeeks(): Promise<void> {
  try {
    for await (const _terminals of settleTrends({ orgId: demo.actor.orgId, now: new Date() }));
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "the demo's weeks come later")
  }
}

let said = 0
/** A person watches the terminal of `npm start`. */
function sayProgress(percent: number): void {
  if (percent < 100 && percent - said < saidEveryPct) return
  said = percent
  process.stdout.write(`• The demo's history is ${Math.round(percent)} % filled\n`)
}

const since = Date.now()
if (await send(since - catchUpMs, since, { isLive: false })) log.info("the demo's last two days are sent")
for (const { from, to, progressPct } of daysToFill({ ...demo, sentFrom: since - catchUpMs })) {
  if (!(await send(from, to, { isLive: false }))) break
  await setDemoProgress(demo.actor.orgId, progressPct)
  await settleFlags()
  sayProgress(progressPct)
}
if (!stopping.signal.aborted) log.info("the demo is filled and keeps sending")

let sentUntil = since
while (!stopping.signal.aborted) {
  const now = Date.now()
  if (await send(Math.max(sentUntil - minuteMs, now - catchUpMs), now, { isLive: true })) sentUntil = now
  demo.records.forgetBefore(now - catchUpMs)
  await settleFlags()
  await settleWeeks()
  await pause(liveEveryMs)
}
await closeDatabase()
