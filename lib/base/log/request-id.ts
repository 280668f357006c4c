import { AsyncLocalStorage } from "node:async_hooks"
import { randomUUID } from "node:crypto"
import { holdsPan } from "@/lib/base/text/pan"

type Answering = { requestId: string; wasUnavailable: boolean }

// Next loads this module once for each bundle; a request that passes from one to another stays the same.
const shared = globalThis as typeof globalThis & { tillwatchRequests?: AsyncLocalStorage<Answering> }
const requests = (shared.tillwatchRequests ??= new AsyncLocalStorage<Answering>())

const wellFormed = /^[\w.:-]{8,64}$/

/** The id that a proxy or client gave the request, where it may stand in a log; else a new one. */
export const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === "string" && wellFormed.test(given) && !holdsPan(given) ? given : randomUUID()

/** Runs what answers a request: all of it knows the request's id. */
export const underRequestId = <T>(requestId: string, run: () => T): T =>
  requests.run({ requestId, wasUnavailable: false }, run)

/** The id of the request that is being answered; none outside one. */
export const currentRequestId = (): string | undefined => requests.getStore()?.requestId

/** Notes that the database could not do what the request that is being answered needed. */
export function noteUnavailable(): void {
  const answering = requests.getStore()
  if (answering) answering.wasUnavailable = true
}

/** Whether the database could not do what this request needed. */
export const wasUnavailable = (): boolean => requests.getStore()?.wasUnavailable ?? false
