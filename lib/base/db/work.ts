import { AsyncLocalStorage } from "node:async_hooks"

/** What a connection is used for. Each kind has its own time limits, and ingest its own connections. */
export type Work = "screens" | "ingest" | "background"

type Limits = {
  /** Wait for a connection of the pool. */
  connectionMs: number
  /** Wait of a statement for a lock. */
  lockMs: number
  statementMs: number
}

// A request that meets a locked table waits for a connection and for the lock, and is answered within five
// seconds.
export const limitsOf: Record<Work, Limits> = {
  screens: { connectionMs: 2_500, lockMs: 2_000, statementMs: 30_000 },
  ingest: { connectionMs: 2_500, lockMs: 2_000, statementMs: 30_000 },
  background: { connectionMs: 3_500, lockMs: 5 * 60_000, statementMs: 30 * 60_000 },
}

// Next loads this module once for each bundle. They all share the process's work.
const shared = globalThis as typeof globalThis & {
  tillwatchWork?: { usual: Work; current: AsyncLocalStorage<Work> }
}
const work = (shared.tillwatchWork ??= { usual: "background", current: new AsyncLocalStorage<Work>() })

/** Says what this process usually does. The web server says "screens". */
export function setUsualWork(usual: Work): void {
  work.usual = usual
}

/** Runs a function as work of another kind. */
export const asWork = <T>(kind: Work, run: () => T): T => work.current.run(kind, run)

export const usualWork = (): Work => work.usual
export const currentWork = (): Work => work.current.getStore() ?? work.usual
