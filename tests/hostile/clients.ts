import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"

export type Answer = { status: number; type: string; body: string }

type Request = { url: string; path: string; key: string; type?: string; headers?: Record<string, string> }

const headOf = ({ url, path, key, type = "application/x-ndjson", headers = {} }: Request): string =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Authorization: Bearer ${key}`,
    `Content-Type: ${type}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].join("\r\n") + "\r\n\r\n"

/** The answer on a socket; null if the connection ends without one. */
async function answerOn(socket: Socket): Promise<Answer | null> {
  let text = ""
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")))
  await Promise.race([once(socket, "close"), once(socket, "end")]).catch(() => undefined)
  const [head = "", ...body] = text.split("\r\n\r\n")
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]
  return status === undefined
    ? null
    : {
        status: Number(status),
        type: /^content-type: ([^\r]*)/im.exec(head)?.[1] ?? "",
        body: body.join("\r\n\r\n"),
      }
}

function socketTo(url: string): Socket {
  const { hostname, port } = new URL(url)
  // A connection closed by the server shows as the end of the answer.
  return connect(Number(port), hostname).on("error", () => undefined)
}

/** Announces a long body, sends its beginning, and then single bytes until the connection ends. */
export async function dribble(
  request: Request,
  { beginning = "", everyMs = 200 }: { beginning?: string; everyMs?: number } = {},
): Promise<Answer | null> {
  const socket = socketTo(request.url)
  socket.write(
    headOf({ ...request, headers: { "Content-Length": "15000000", ...request.headers } }) + beginning,
  )
  const timer = setInterval(() => socket.write(" "), everyMs)
  try {
    return await answerOn(socket)
  } finally {
    clearInterval(timer)
    socket.destroy()
  }
}

/** Sends the beginning of a body and then nothing. */
export const stall = (request: Request, beginning = "") => dribble(request, { beginning, everyMs: 2 ** 30 })

/** Hangs up in the middle of a body. */
export async function hangUp(request: Request, beginning: string): Promise<void> {
  const socket = socketTo(request.url)
  socket.write(
    headOf({ ...request, headers: { "Content-Length": "15000000", ...request.headers } }) + beginning,
  )
  await pause(100)
  socket.resetAndDestroy()
}

/** Sends chunks until the server answers or closes the connection. */
export async function neverEnd(request: Request, chunk: string): Promise<Answer | null> {
  const socket = socketTo(request.url)
  const answer = answerOn(socket)
  socket.write(headOf({ ...request, headers: { "Transfer-Encoding": "chunked" } }))
  const part = `${chunk.length.toString(16)}\r\n${chunk}\r\n`
  const pour = () => {
    while (socket.writable && socket.write(part));
  }
  socket.on("drain", pour)
  pour()
  return answer
}
