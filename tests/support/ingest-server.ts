import { createServer } from "node:http"
import { answerIngest, ingestVerb } from "@/lib/run/server/answer-ingest"
import type { Send } from "@/tests/support/ingest"

type IngestServer = { port: number; post(path: string, send: Send): Promise<Response>; close(): void }

/** Starts the HTTP server in front of Next, on its own port. */
export async function startIngestServer(): Promise<IngestServer> {
  const server = createServer((request, response) => {
    const verb = ingestVerb(request)
    if (verb) void answerIngest(verb, request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    port,
    post: (path, { key, body, type = "application/x-ndjson", headers = {} }) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${key}`, "content-type": type, ...headers },
      }),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
