import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import type { Stack } from "@/tests/support/stack"

const id = "asked-by-test"
const mostTries = 50

/** Checks that requests are logged and counted by route pattern, with the request id of the sender. */
export async function checkRequests({ stack, key }: { stack: Stack; key: string }): Promise<void> {
  const answer = await fetch(`${stack.url}/api/v1/terminals/987654321?q=hidden`, {
    headers: { authorization: `Bearer ${key}`, "x-request-id": id },
  })
  const { requestId } = (await answer.json()) as { requestId: string }
  assert.deepEqual([answer.status, answer.headers.get("x-request-id"), requestId], [404, id, id])

  // The line is logged after the answer, and arrives through a pipe.
  const said = () =>
    stack
      .said()
      .split("\n")
      .find((line) => line.includes(`"requestId":"${id}"`))
  for (let tries = 0; said() === undefined && tries < mostTries; tries += 1) await pause(100)
  const line = JSON.parse(said() ?? "{}") as Record<string, unknown>
  assert.deepEqual([line["method"], line["route"], line["status"]], ["GET", "/api/v1/terminals/[id]", 404])
  assert.ok(
    !stack.said().includes("987654321") && !stack.said().includes("q=hidden"),
    "the log has an id or a query",
  )

  const metrics = await (await fetch(`${stack.url}/api/metrics`)).text()
  const requests = "tillwatch_http_request_duration_seconds_count"
  for (const counted of [
    `${requests}{method="GET",route="/api/v1/terminals/[id]",status="404"} 1\n`,
    `${requests}{method="POST",route="/api/v1/heartbeats",status="408"} `,
    'tillwatch_ingest_records_total{noun="transaction",outcome="rejected",code="pan_suspected"} ',
    "process_resident_memory_bytes ",
    "nodejs_eventloop_lag_seconds ",
  ])
    assert.ok(metrics.includes(counted), `${counted} is not in the metrics`)
}
