import type { ServerResponse } from "node:http"
import { api } from "@/lib/run/server/secure"

/** Sends an answer with the API's security headers. */
export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  text: string,
): void {
  response.writeHead(status, { ...api(), ...headers, "content-length": Buffer.byteLength(text) })
  response.end(text)
}

/** Sends the answer to an error. */
export async function sendProblem(response: ServerResponse, problem: Response): Promise<void> {
  send(response, problem.status, Object.fromEntries(problem.headers), await problem.text())
}
