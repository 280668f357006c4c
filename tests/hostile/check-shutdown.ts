import assert from "node:assert/strict"
import { once } from "node:events"
import { Agent, request, type ClientRequest, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import type { Stack } from "@/tests/support/stack"

type Target = { stack: Stack; orgId: string; key: string }

const slowClients = 8
const senders = 4
const perUpload = 50
const longestStopMs = 15_000
const answersWithinMs = 5_000

const post = (
  { stack, key }: Target,
  headers: Record<string, string> = {},
  agent: Agent | false = false,
): ClientRequest =>
  request(`${stack.url}/api/v1/heartbeats`, {
    method: "POST",
    agent,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson", ...headers },
  })

/** An upload whose head the server has read, and whose body it waits for. */
async function begun(target: Target): Promise<ClientRequest> {
  const upload = post(target, { expect: "100-continue" })
  upload.flushHeaders()
  await once(upload, "continue")
  return upload
}

const recordAt = (terminal: string, at: number) =>
  JSON.stringify({ terminal, at: new Date(at).toISOString() })

async function ended(
  upload: ClientRequest,
  body: string,
): Promise<{ response: IncomingMessage; answer: IngestAnswer }> {
  upload.end(body)
  const [response] = (await once(upload, "response")) as [IncomingMessage]
  return { response, answer: JSON.parse(await text(response)) as IngestAnswer }
}

/** Sends uploads over one kept-alive connection until the server stops. Returns the acknowledged times. */
async function sendUntilRefused(target: Target, terminal: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const acknowledged: number[] = []
  for (let next = Date.now() - 3_600_000; ; next += perUpload) {
    const times = Array.from({ length: perUpload }, (_, i) => next + i)
    const upload = post(target, {}, agent)
    upload.end(times.map((at) => recordAt(terminal, at)).join("\n"))
    // The server may close an idle connection just as the next request starts. Node's agent can then wait for
    // ever, so there is a time limit.
    const response = await once(upload, "response", { signal: AbortSignal.timeout(answersWithinMs) }).then(
      ([one]) => one as IncomingMessage,
      () => null,
    )
    if (response === null) return acknowledged
    const answer = await text(response)
    assert.equal(response.statusCode, 200, answer)
    acknowledged.push(...times)
  }
}

const readiness = async (url: string) => {
  const response = await fetch(`${url}/api/health/ready`, { headers: { connection: "close" } })
  return { status: response.status, body: (await response.json()) as { reasons: string[] } }
}

const storedTimes = async (orgId: string): Promise<Set<number>> =>
  new Set(
    (
      await asWorker((db) =>
        db.query<{ at: Date }>(
          sql`select at from heartbeat where org_id = ${orgId}::uuid and at > now() - interval '1 day'`,
        ),
      )
    ).map(({ at }) => at.getTime()),
  )

/**
 * Checks that requests in progress are answered and acknowledged records are stored when web server and
 * worker stop. The web server takes new requests for one more second.
 */
export async function checkShutdown(target: Target): Promise<void> {
  const { stack, orgId } = target
  const sending = Array.from({ length: senders }, (_, i) => sendUntilRefused(target, `stop-${i}`))
  await pause(500)
  const slow = await Promise.all(Array.from({ length: slowClients }, () => begun(target)))

  const [web, worker] = [stack.web.end(), stack.worker.end()]
  const since = Date.now()
  await pause(100)
  const during = await readiness(stack.url)
  assert.deepEqual([during.status, during.body.reasons], [503, ["The process is stopping."]])
  assert.equal(
    (await fetch(`${stack.url}/api/health/live`, { headers: { connection: "close" } })).status,
    200,
  )

  // The bodies follow within the time that the server allows.
  const slowTimes = slow.map((_, i) => since - 7_200_000 + i)
  const [answers, acknowledged] = await Promise.all([
    Promise.all(slow.map((upload, i) => ended(upload, recordAt("stop-slow", slowTimes[i] ?? 0)))),
    Promise.all(sending).then((times) => times.flat()),
  ])
  for (const { response, answer } of answers) {
    assert.deepEqual([response.statusCode, answer.accepted, response.headers.connection], [200, 1, "close"])
  }
  assert.deepEqual([await web, await worker], [0, 0], "exit codes of web server and worker")
  assert.ok(Date.now() - since < longestStopMs, "stopping took too long")
  await assert.rejects(readiness(stack.url))

  const stored = await storedTimes(orgId)
  assert.deepEqual(
    [...acknowledged, ...slowTimes].filter((at) => !stored.has(at)),
    [],
    "acknowledged records are missing",
  )
  assert.ok(acknowledged.length >= senders * perUpload)
  process.stdout.write(
    `stopped under load, web server and worker lost none of ${acknowledged.length} acknowledged records\n`,
  )
}

/** Checks that a second signal ends the process at once. */
export async function checkSecondSignal(target: Target): Promise<void> {
  const { stack } = target
  const upload = (await begun(target)).on("error", () => undefined)
  const since = Date.now()
  let code: number | null | undefined
  void stack.web.end().then((exit) => (code = exit))
  while (code === undefined) {
    await pause(200)
    void stack.web.end()
    assert.ok(Date.now() - since < longestStopMs, "the second signal was ignored")
  }
  assert.equal(code, 1)
  upload.destroy()
}
