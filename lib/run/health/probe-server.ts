import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { env } from "@/lib/base/env"
import { answerError } from "@/lib/base/http/answer"
import { log } from "@/lib/base/log/log"
import { measureProcess } from "@/lib/base/metrics"
import { answerMetrics } from "@/lib/run/metrics/answer-metrics"

/** Serves /live and /metrics at METRICS_PORT, for a process without a web server. */
export function startProbes(): Server | null {
  const { METRICS_PORT: port } = env()
  if (port === undefined) return null
  measureProcess()
  const server = createServer((request, response) => void answer(request, response))
  server.on("error", (error) => {
    log.error({ error: error.message, port }, "cannot listen on METRICS_PORT: is it in use?")
    process.exit(1)
  })
  return server.listen(port, () => log.info({ port }, "serving /live and /metrics"))
}

async function answer({ url, headers, socket }: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = socket.remoteAddress?.replace(/^::ffff:/, "") ?? null
  const answered = await answerTo(url ?? "", {
    authorization: headers.authorization ?? null,
    host: headers.host ?? null,
    address,
  })
  response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text())
}

async function answerTo(path: string, scrape: Parameters<typeof answerMetrics>[0]): Promise<Response> {
  if (path === "/live") return Response.json({ status: "ok" })
  if (path !== "/metrics") return new Response(null, { status: 404 })
  return answerMetrics(scrape).catch((error: unknown) => answerError(error, path))
}
