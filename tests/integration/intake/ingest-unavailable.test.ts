import { connect, createServer, type Server, type Socket } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeatsOnce, lines, ndjson, rowsOf } from "@/tests/support/ingest"

useDatabase()

const begun = Date.now()
const beats = (terminal: string, from: number, count: number) =>
  lines(
    Array.from({ length: count }, (_, i) => ({
      terminal,
      at: new Date(begun - (from + i) * 1_000).toISOString(),
    })),
  )

/** A proxy between Tillwatch and its database that can drop and restore the connection. */
class Wire {
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #isDown = false

  async open(target: { host: string; port: number }): Promise<number> {
    const server = createServer((socket) => {
      if (this.#isDown) return void socket.destroy()
      const onward = connect(target)
      for (const end of [socket, onward]) {
        this.#sockets.add(end)
        end.on("error", () => undefined).on("close", () => this.#sockets.delete(end))
      }
      socket.pipe(onward).pipe(socket)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    return typeof address === "object" && address ? address.port : 0
  }

  cut(): void {
    this.#isDown = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isDown = false
  }

  close(): void {
    this.cut()
    this.#server?.close()
  }
}

const wire = new Wire()

beforeAll(async () => {
  const url = new URL(process.env["DATABASE_URL"] ?? "")
  url.port = String(await wire.open({ host: url.hostname, port: Number(url.port) }))
  url.hostname = "127.0.0.1"
  process.env["DATABASE_URL"] = url.toString()
})
afterAll(() => wire.close())

const expectUnavailable = async (response: Response) => {
  expect(response.status).toBe(503)
  expect(response.headers.get("content-type")).toBe("application/problem+json")
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0)
  const problem = (await response.json()) as object
  expect(problem).toMatchObject({ status: 503 })
  expect(problem).not.toHaveProperty("accepted")
  return problem
}

test("answers 503 without a database, and stores everything that is sent again later", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const body = beats(serial, 0, 3)
  wire.cut()
  await expectUnavailable(await heartbeatsOnce({ key: ingestKey, body }))
  wire.mend()
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body }))).toMatchObject({ accepted: 3 })
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body }))).toMatchObject({ duplicates: 3 })
})

test("loses and duplicates nothing if the database disappears during a body", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const parts = [beats(serial, 0, 2_000), beats(serial, 2_000, 2_000)]
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (parts[0] === undefined) return controller.close()
        if ((await rowsOf(orgId, "heartbeat")).length > 0) wire.cut()
        controller.enqueue(Buffer.from(`${parts.shift()}\n`))
      },
    },
    { highWaterMark: 0 },
  )
  const problem = await expectUnavailable(
    await call(postHeartbeats, "/api/v1/heartbeats", {
      key: ingestKey,
      body,
      headers: { "content-type": ndjson },
    }),
  )
  expect(problem).toMatchObject({ stored: { accepted: 2_000, duplicates: 0, rejected: 0 } })
  wire.mend()
  const whole = beats(serial, 0, 4_000)
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body: whole }))).toMatchObject({
    accepted: 2_000,
    duplicates: 2_000,
  })
  expect(await rowsOf(orgId, "heartbeat")).toHaveLength(4_000)
})

test("stores everything that is sent again after a sender disconnected", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const parts = [beats(serial, 0, 2_000)]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts.shift()
      if (part === undefined) controller.error(new Error("the connection was reset"))
      else controller.enqueue(Buffer.from(`${part}\n`))
    },
  })
  const response = await call(postHeartbeats, "/api/v1/heartbeats", {
    key: ingestKey,
    body,
    headers: { "content-type": ndjson },
  })
  expect(response.ok).toBe(false)
  expect(
    await answerOf(await heartbeatsOnce({ key: ingestKey, body: beats(serial, 0, 2_001) })),
  ).toMatchObject({ accepted: 1, duplicates: 2_000 })
})
