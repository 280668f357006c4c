import type { IncomingMessage, ServerResponse } from "node:http"
import type { Actor } from "@/lib/access/actor"
import { actorByKey } from "@/lib/access/authenticate"
import { requirePermission } from "@/lib/access/permissions"
import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import { addressIn } from "@/lib/http/address"
import { answerError } from "@/lib/http/answer"
import { inTime } from "@/lib/http/in-time"
import type { IngestAnswer } from "@/lib/ingest/answer"
import { lengthOf, type Upload } from "@/lib/ingest/upload"
import { limitUploads } from "@/lib/limits/limit-actor"
import { discardRest } from "@/lib/server/discard-rest"
import { api } from "@/lib/server/secure"
import { recordTransactions } from "@/lib/transactions/record-transactions"

type Verb = (input: { actor: Actor; upload: Upload }) => Promise<IngestAnswer>

const verbs: Partial<Record<string, Verb>> = {
  "/api/v1/heartbeats": recordHeartbeats,
  "/api/v1/transactions": recordTransactions,
}

/**
 * The verb that takes this request in, if it is one that terminals send: a POST with a key. Others, and
 * people's sessions, go to Next, whose routes call the same verbs.
 */
export const ingestVerb = ({ method, url, headers }: IncomingMessage): Verb | undefined =>
  method === "POST" && headers.authorization !== undefined ? verbs[url ?? ""] : undefined

/** Answers as the route of the same path does, at a fiftieth of what a route costs. */
export async function answerIngest(
  verb: Verb,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { socket } = request
  try {
    const actor = await actorByKey(request.headers.authorization ?? "", addressIn(request.headers))
    requirePermission(actor, "ingest")
    await limitUploads(actor)
    const answer = await verb({ actor, upload: uploadOf(request) })
    send(
      response,
      200,
      { "content-type": "application/json", "cache-control": "no-store" },
      JSON.stringify(answer),
    )
  } catch (error) {
    if (request.destroyed && !request.complete) return
    const problem = answerError(error, request.url ?? "")
    send(response, problem.status, Object.fromEntries(problem.headers), await problem.text())
  }
  discardRest(request, socket)
}

const uploadOf = (request: IncomingMessage): Upload => ({
  // A refused upload must still be answered, so its connection outlives the reading of it.
  body: inTime(request.iterator({ destroyOnReturn: false })),
  contentType: request.headers["content-type"] ?? null,
  contentEncoding: request.headers["content-encoding"] ?? null,
  bytes: lengthOf(request.headers["content-length"]),
})

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  response.writeHead(status, { ...api(), ...headers, "content-length": Buffer.byteLength(text) })
  response.end(text)
}
