import type { ServerResponse } from "node:http"
import { usualRetryAfterSeconds } from "@/lib/base/http/problem"
import { wasUnavailable } from "@/lib/base/log/request-id"

/** Turns Next's 500 for a page into 503 with Retry-After if the database was unavailable. */
export function reportUnavailable(response: ServerResponse): void {
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
