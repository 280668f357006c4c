import { ensurePartitions } from "@/lib/base/db/partitions"
import { detectAll } from "@/lib/insight/flags/detect"
import { detectEverySeconds } from "@/lib/insight/flags/words"
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
import type { Loop } from "@/lib/run/worker/loop"

const minute = 60_000
/** How old a batch may get before it is folded. */
const longestFoldLagMs = 4500
const detectEveryMs = detectEverySeconds * 1000

/** Null if all counts are 0. */
const orNull = <Counts extends Record<string, number>>(counts: Counts): Counts | null =>
  Object.values(counts).some((count) => count > 0) ? counts : null

export const statesLoop: Loop = {
  name: "states",
  work: async ({ now }) => {
    const settled = await settleStates({ now })
    return settled.statesChanged > 0 ? settled : null
  },
  // A quarter of the time within which a state changes after its deadline: a round itself also takes time.
  idleMs: 500,
}

/**
 * What is worked out from records. The worker runs them side by side, and a played folder one after the
 * other in this order: nights leave out failed reads that verdicts put down to the card.
 */
export const rounds: readonly Loop[] = [
  {
    name: "fold",
    work: async () => orNull(await foldOnce()),
    idleMs: 1000,
    // A round has a cost for each terminal, so under load fewer and larger rounds do more work. What
    // arrives at the beginning of a round waits for it, the pause and the next one. However long rounds
    // take, a fifth of the time is left to others.
    busyMs: (tookMs) => Math.max(tookMs / 4, Math.min(3 * tookMs, longestFoldLagMs - 2 * tookMs)),
  },
  statesLoop,
  {
    name: "detect",
    work: ({ now }) => detectAll({ now }),
    // Less than the pause, so that a single worker does not miss every other round.
    everyMs: detectEveryMs - 5_000,
    idleMs: detectEveryMs,
  },
  {
    name: "standings",
    work: async ({ now }) => orNull(await settleStandings({ now })),
    idleMs: 15_000,
  },
  {
    name: "verdicts",
    work: async ({ now }) => {
      const done = await judgeAll({ now })
      return done.judged > 0 ? done : null
    },
    idleMs: 20_000,
  },
  {
    name: "hours",
    work: ({ now }) => settleHours({ now }),
    everyMs: 55 * minute,
    idleMs: 5 * minute,
  },
  {
    name: "nights",
    work: async ({ now }) => orNull(await settleAll({ now })),
    idleMs: minute,
  },
  {
    name: "wear",
    work: ({ now }) => settleWear({ now }),
    everyMs: 55 * minute,
    idleMs: 5 * minute,
  },
  {
    name: "weeks",
    work: async ({ now }) => ({ terminals: await learnWeeks({ now }) }),
    everyMs: 23.5 * 60 * minute,
    idleMs: 10 * minute,
  },
  {
    name: "leagues",
    work: async ({ now, signal }) => orNull({ tables: await keepLeagues({ now, signal }) }),
    idleMs: 5 * minute,
  },
  {
    name: "rollouts",
    work: async ({ now, signal }) => orNull({ releases: await keepCourses({ now, signal }) }),
    idleMs: 15 * minute,
  },
  {
    name: "quality",
    work: async ({ now }) => orNull({ organisations: await keepDataQuality({ now }) }),
    idleMs: 15 * minute,
  },
  {
    name: "reports",
    work: async ({ now }) => orNull({ frozen: await freezeReports({ now }) }),
    idleMs: minute,
  },
]

/** What keeps the installation itself in order. A played folder keeps all of its rows. */
export const upkeep: readonly Loop[] = [
  {
    name: "partitions",
    work: async () => orNull({ partitions: await ensurePartitions() }),
    idleMs: 60 * minute,
  },
  {
    name: "retention",
    work: async ({ signal }) => {
      const retained = Object.entries((await retain({ signal })) ?? {}).filter(([, count]) => count > 0)
      return retained.length > 0 ? Object.fromEntries(retained) : null
    },
    idleMs: 60 * minute,
  },
  {
    name: "imports",
    work: async () => orNull({ recovered: await recoverImports() }),
    idleMs: minute / 2,
  },
]
