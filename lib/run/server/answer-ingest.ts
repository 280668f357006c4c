import type { IncomingMessage, ServerResponse } from "node:http"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { actorByKey } from "@/lib/access/routes/authenticate"
import { limitUploads } from "@/lib/access/routes/limit-actor"
import { addressIn } from "@/lib/base/http/address"
import { answerError } from "@/lib/base/http/answer"
import { inTime } from "@/lib/base/http/in-time"
import { lengthOf, shortBytes, type Upload } from "@/lib/base/http/upload"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { discardRest } from "@/lib/run/server/discard-rest"
import { send, sendProblem } from "@/lib/run/server/send"

type Verb = (input: { actor: Actor; upload: Upload }) => Promise<IngestAnswer>

const verbs: Partial<Record<string, Verb>> = {
  "/api/v1/heartbeats": recordHeartbeats,
  "/api/v1/transactions": recordTransactions,
}

/**
 * The verb for a POST of heartbeats or transactions with a key. All other requests go to Next, whose routes
 * call the same verbs.
 */
export const ingestVerb = ({ method, url, headers }: IncomingMessage): Verb | undefined =>
  method === "POST" && headers.authorization !== undefined ? verbs[url ?? ""] : undefined

/** Answers like the route of the same path, at about a fiftieth of its cost. */
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
    await sendProblem(response, answerError(error, request.url ?? ""))
  }
  discardRest(request, socket)
}

function uploadOf(request: IncomingMessage): Upload {
  const { headers } = request
  const bytes = lengthOf(headers["content-length"])
  return {
    body: arrivedIn(request, bytes) ?? partsIn(request),
    contentType: headers["content-type"] ?? null,
    contentEncoding: headers["content-encoding"] ?? null,
    bytes,
  }
}

// The connection must stay open when reading ends early, so that a rejected upload gets an answer.
const partsIn = (request: IncomingMessage) => inTime(request.iterator({ destroyOnReturn: false }))

/** A short body, if all of it has arrived with its head, as that of a single record does. */
const arrivedIn = (request: IncomingMessage, bytes = 0): Uint8Array | null =>
  bytes > 0 && bytes <= shortBytes && request.readableLength === bytes
    ? (request.read() as Uint8Array | null)
    : null
