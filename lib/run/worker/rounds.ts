import { analyseGrown } from "@/lib/base/db/analyse-grown"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { detectAll } from "@/lib/insight/flags/detect"
import { settleAll } from "@/lib/insight/nights/settle-all"
import { settleHours } from "@/lib/insight/nights/settle-hours"
import { settleWear } from "@/lib/insight/nights/settle-wear"
import { keepCourses } from "@/lib/insight/rollouts/keep-courses"
import { learnWeeks } from "@/lib/insight/silence/learn-weeks"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { settleStandings } from "@/lib/insight/standings/settle-standings"
import { judgeAll } from "@/lib/insight/verdicts/judge-failed-sales"
import { recoverImports } from "@/lib/intake/imports/runs/keep-imports"
import { keepDataQuality } from "@/lib/outlook/data-quality/keep-counts"
import { keepLeagues } from "@/lib/outlook/league/keep-leagues"
import { freezeReports } from "@/lib/outlook/reports/freeze-reports"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { paces, type LoopName } from "@/lib/run/health/loops"
import type { Loop } from "@/lib/run/worker/loop"

/** How old a batch may get before it is folded. */
const longestFoldLagMs = 4500

/** Null if all counts are 0. */
const orNull = <Counts extends Record<string, number>>(counts: Counts): Counts | null =>
  Object.values(counts).some((count) => count > 0) ? counts : null

/** A loop, at the pace that the list of loops gives it. */
const loop = (name: LoopName, work: Loop["work"]): Loop => ({ name, work, ...paces[name] })

export const statesLoop = loop("states", async ({ now }) => {
  const settled = await settleStates({ now })
  return settled.statesChanged > 0 ? settled : null
})

/**
 * What is worked out from records. The worker runs them side by side, and a played folder one after the
 * other in this order: nights leave out failed reads that verdicts put down to the card.
 */
export const rounds: readonly Loop[] = [
  {
    ...loop("fold", async () => orNull(await foldOnce())),
    // A round has a cost for each terminal, so under load fewer and larger rounds do more work. What
    // arrives at the beginning of a round waits for it, the pause and the next one. However long rounds
    // take, a fifth of the time is left to others.
    busyMs: (tookMs) => Math.max(tookMs / 4, Math.min(3 * tookMs, longestFoldLagMs - 2 * tookMs)),
  },
  statesLoop,
  loop("detect", ({ now }) => detectAll({ now })),
  loop("standings", async ({ now }) => orNull(await settleStandings({ now }))),
  loop("verdicts", async ({ now }) => {
    const done = await judgeAll({ now })
    return done.judged > 0 ? done : null
  }),
  loop("hours", ({ now }) => settleHours({ now })),
  loop("nights", async ({ now }) => orNull(await settleAll({ now }))),
  loop("wear", ({ now }) => settleWear({ now })),
  loop("weeks", async ({ now }) => ({ terminals: await learnWeeks({ now }) })),
  loop("leagues", async ({ now, signal }) => orNull({ tables: await keepLeagues({ now, signal }) })),
  loop("rollouts", async ({ now, signal }) => orNull({ releases: await keepCourses({ now, signal }) })),
  loop("quality", async ({ now }) => orNull({ organisations: await keepDataQuality({ now }) })),
  loop("reports", async ({ now }) => orNull({ frozen: await freezeReports({ now }) })),
]

/** What keeps the installation itself in order. A played folder keeps all of its rows. */
export const upkeep: readonly Loop[] = [
  loop("statistics", async () => orNull({ tables: await analyseGrown() })),
  loop("partitions", async () => orNull({ partitions: await ensurePartitions() })),
  loop("retention", async ({ signal }) => {
    const retained = Object.entries((await retain({ signal })) ?? {}).filter(([, count]) => count > 0)
    return retained.length > 0 ? Object.fromEntries(retained) : null
  }),
  loop("imports", async () => orNull({ recovered: await recoverImports() })),
]
