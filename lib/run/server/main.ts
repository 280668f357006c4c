import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import next from "next"
import { closeDatabase } from "@/lib/base/db/client"
import { asWork, setUsualWork } from "@/lib/base/db/work"
import { bodyEnv, checkEnv, env, oidcEnv } from "@/lib/base/env"
import { answerError } from "@/lib/base/http/answer"
import { captureConsole } from "@/lib/base/log/capture-console"
import { log } from "@/lib/base/log/log"
import { requestIdOf, underRequestId } from "@/lib/base/log/request-id"
import { measureProcess } from "@/lib/base/metrics"
import { endWithLauncher } from "@/lib/run/health/launched"
import { onStop } from "@/lib/run/health/stopping"
import { answerIngest, ingestVerb } from "@/lib/run/server/answer-ingest"
import { checkRequest } from "@/lib/run/server/check-request"
import { setClientAddress } from "@/lib/run/server/client-address"
import { discardRest } from "@/lib/run/server/discard-rest"
import { ignoreUpgrades } from "@/lib/run/server/ignore-upgrades"
import { loadNextConfig } from "@/lib/run/server/load-next-config"
import { observe } from "@/lib/run/server/observe"
import { OpenRequests } from "@/lib/run/server/open-requests"
import { reportUnavailable } from "@/lib/run/server/report-unavailable"
import { routePatterns } from "@/lib/run/server/route-pattern"
import { secure } from "@/lib/run/server/secure"
import { sendProblem } from "@/lib/run/server/send"

checkEnv(env, bodyEnv, oidcEnv)
captureConsole()
const { PORT, TRUSTED_PROXIES, DRAIN_SECONDS } = env()
setUsualWork("screens")
endWithLauncher()

const dir = process.cwd()
await loadNextConfig(dir)
const app = next({ dev: false, dir })
await app.prepare()
const toNext = app.getRequestHandler()
const routeOf = routePatterns(JSON.parse(readFileSync(".next/routes-manifest.json", "utf8")))
measureProcess()

const server = createServer((request, response) => {
  const requestId = requestIdOf(request.headers["x-request-id"])
  response.setHeader("x-request-id", requestId)
  openRequests.begin(request, response)
  underRequestId(requestId, () => {
    observe(request, response, routeOf)
    answer(request, response)
  })
})

function answer(request: IncomingMessage, response: ServerResponse): void {
  setClientAddress(request, TRUSTED_PROXIES)
  const verb = ingestVerb(request)
  if (verb) return void asWork("ingest", () => answerIngest(verb, request, response))
  const { socket } = request
  response.once("finish", () => discardRest(request, socket))
  try {
    request.url = checkRequest(request)
  } catch (error) {
    return void sendProblem(response, answerError(error, request.url ?? ""))
  }
  secure(request, response)
  reportUnavailable(response)
  void toNext(request, response)
}

ignoreUpgrades(server)
const openRequests = new OpenRequests(server)
// Terminals on slow lines and load balancers keep connections open between requests.
server.keepAliveTimeout = 65_000
// Limits for requests whose body is not read. Reading a body has its own limits (lib/base/http/in-time.ts).
server.headersTimeout = 20_000
server.requestTimeout = 35 * 60_000
server.on("error", (error) => {
  log.error({ error: error.message }, "the web server failed")
  process.exit(1)
})
server.listen(PORT, () => log.info({ port: PORT }, "the web server is listening"))

onStop(async () => {
  // Meanwhile /api/health/ready answers 503, so that load balancers stop sending requests.
  await pause(DRAIN_SECONDS * 1000)
  await openRequests.end()
  await closeDatabase()
  log.info("the web server has stopped")
  process.exit(0)
})
