import { createServer } from "node:http"
import next from "next"
import { closeDatabase } from "@/lib/db/client"
import { bodyEnv, env, oidcEnv } from "@/lib/env"
import { log } from "@/lib/log"
import { setClientAddress } from "@/lib/server/client-address"
import { discardRest } from "@/lib/server/discard-rest"
import { answerIngest, ingestVerb } from "@/lib/server/ingest-door"
import { secure } from "@/lib/server/secure"

const { PORT, TRUSTED_PROXIES } = env()
// Read when they are needed: what is wrong with them stops the start instead.
bodyEnv()
oidcEnv()
/** Connections that are idle when the server stops are closed; requests under way have this long to end. */
const graceMs = 10_000

const app = next({ dev: false })
await app.prepare()
const toNext = app.getRequestHandler()

const server = createServer((request, response) => {
  setClientAddress(request, TRUSTED_PROXIES)
  const verb = ingestVerb(request)
  if (verb) void answerIngest(verb, request, response)
  else {
    const { socket } = request
    response.once("finish", () => discardRest(request, socket))
    secure(request, response)
    void toNext(request, response)
  }
})
// Terminals on slow lines and load balancers keep connections open between requests.
server.keepAliveTimeout = 65_000
// Where a body is read, its sender is told to keep up (lib/http/in-time.ts); these hold where none is.
server.headersTimeout = 20_000
server.requestTimeout = 35 * 60_000
server.on("error", (error) => {
  log.error({ error: error.message }, "the web server failed")
  process.exit(1)
})
server.listen(PORT, () => log.info({ port: PORT }, "the web server is listening"))

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), graceMs).unref()
    server.close(() => void closeDatabase().then(() => process.exit(0)))
    server.closeIdleConnections()
  })
}
