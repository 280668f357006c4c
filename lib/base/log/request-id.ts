import { AsyncLocalStorage } from "node:async_hooks"
import { randomUUID } from "node:crypto"
import { holdsPan } from "@/lib/base/text/pan"

type Answering = { requestId: string; wasUnavailable: boolean }

// Next loads this module once for each bundle. They share one store, so that a request keeps its id.
const shared = globalThis as typeof globalThis & { tillwatchRequests?: AsyncLocalStorage<Answering> }
const requests = (shared.tillwatchRequests ??= new AsyncLocalStorage<Answering>())

const wellFormed = /^[\w.:-]{8,64}$/

/** The request id that a proxy or client sent, if it is safe to log. Otherwise a new one. */
export const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === "string" && wellFormed.test(given) && !holdsPan(given) ? given : randomUUID()

/** Runs a function that answers a request. Everything in it can read the request's id. */
export const underRequestId = <T>(requestId: string, run: () => T): T =>
  requests.run({ requestId, wasUnavailable: false }, run)

/** The id of the current request, if there is one. */
export const currentRequestId = (): string | undefined => requests.getStore()?.requestId

/** Remembers that the database was unavailable to the current request. */
export function noteUnavailable(): void {
  const answering = requests.getStore()
  if (answering) answering.wasUnavailable = true
}

/** Whether the database was unavailable to the current request. */
export const wasUnavailable = (): boolean => requests.getStore()?.wasUnavailable ?? false
