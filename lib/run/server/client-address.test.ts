import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, test } from "vitest"
import { clientAddress, setClientAddress } from "@/lib/run/server/client-address"

describe("the client's address", () => {
  const socket = "10.0.0.1"
  test.each([
    ["without proxies is the connection's", 0, undefined, "10.0.0.1"],
    ["without proxies is not what the client says", 0, "1.1.1.1", "10.0.0.1"],
    ["behind one is what it added", 1, "203.0.113.7", "203.0.113.7"],
    ["behind one is not what the client wrote before", 1, "1.1.1.1, 203.0.113.7", "203.0.113.7"],
    ["behind two is what the outer one added", 2, "1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["past the proxies is the connection's", 2, "203.0.113.7", "10.0.0.1"],
    ["has no port", 1, "203.0.113.7:4711", "203.0.113.7"],
    ["of IPv6 has no brackets or port", 1, "[2001:db8::1]:4711", "2001:db8::1"],
    ["is the connection's where a proxy hides it", 1, "unknown", "10.0.0.1"],
  ])("%s", (_what, trustedProxies, forwardedFor, address) => {
    expect(clientAddress({ socket, forwardedFor, trustedProxies })).toBe(address)
  })

  test("of a connection over IPv6 for IPv4 is the IPv4 one", () => {
    expect(clientAddress({ socket: "::ffff:10.0.0.1", forwardedFor: undefined, trustedProxies: 0 })).toBe(
      "10.0.0.1",
    )
  })

  test("replaces what a client wrote into the header", async () => {
    const server = createServer((request, response) => {
      setClientAddress(request, 0)
      response.end(request.headers["x-forwarded-for"])
    }).listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    const { port } = server.address() as AddressInfo
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { "x-forwarded-for": "1.1.1.1" } })
    expect(await answer.text()).toBe("127.0.0.1")
    server.close()
  })
})
