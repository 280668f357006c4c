import type { ServerResponse } from "node:http"
import { usualRetryAfterSeconds } from "@/lib/base/http/problem"
import { wasUnavailable } from "@/lib/base/log/request-id"

/** Next answers 500 for a page that fails. One that fails because the database is away says 503 and when to come back. */
export function tellUnavailable(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !wasUnavailable()) return writeHead(status, ...rest)
    response.setHeader("retry-after", usualRetryAfterSeconds)
    return writeHead(503, ...rest)
  }
}
