import { sendJson } from "@/lib/base/http/send-json"
import type {
  BulkRequest,
  MergeRequest,
  NewTerminal,
  TerminalPatch,
} from "@/lib/fleet/terminals/life/life-schemas"
import type { HelpLinkStep } from "@/lib/fleet/terminals/words"

const schemas = () => import("@/lib/fleet/terminals/life/life-schemas")

/** Verbs for one terminal, each with its own address below the terminal's. */
export type Verb = "enrol" | "move" | "status" | "tid" | "swap"

export const addTerminal = (terminal: Partial<NewTerminal>) =>
  sendJson("POST", "/api/v1/terminals", terminal, async () => (await schemas()).AddedTerminal)

export const editTerminal = (id: number, patch: TerminalPatch) =>
  sendJson("PATCH", `/api/v1/terminals/${id}`, patch, async () => (await schemas()).ChangeAnswer)

export const changeTerminal = (id: number, verb: Verb, body: object) =>
  sendJson("POST", `/api/v1/terminals/${id}/${verb}`, body, async () => (await schemas()).ChangeAnswer)

export const mergeTerminal = (id: number, request: MergeRequest) =>
  sendJson("POST", `/api/v1/terminals/${id}/merge`, request, async () => (await schemas()).ChangeAnswer)

export const changeHelpLinks = (ids: number[], step: HelpLinkStep) => {
  const body = { terminals: { ids }, change: { kind: "helpLink", step } }
  return sendJson("POST", "/api/v1/terminals/bulk", body, async () => (await schemas()).BulkAnswer)
}

export const changeMany = (
  terminals: BulkRequest["terminals"],
  change: { kind: BulkRequest["change"]["kind"] } & object,
) =>
  sendJson("POST", "/api/v1/terminals/bulk", { terminals, change }, async () => (await schemas()).BulkAnswer)
