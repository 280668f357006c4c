import { createServer, request } from "node:http"

/** A small load balancer: each request goes to the next server, with the client's address. */
export async function startBalancer(
  port: number,
  servers: readonly string[],
): Promise<{ url: string; stop(): void }> {
  let turn = 0
  const balancer = createServer((incoming, outgoing) => {
    const server = servers[turn % servers.length] ?? ""
    turn += 1
    const { method, headers, socket } = incoming
    const passed = request(
      new URL(incoming.url ?? "/", server),
      { method, headers: { ...headers, "x-forwarded-for": socket.remoteAddress ?? "" } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    passed.on("error", () => outgoing.writeHead(502).end())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => balancer.listen(port, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      balancer.close()
      balancer.closeAllConnections()
    },
  }
}
