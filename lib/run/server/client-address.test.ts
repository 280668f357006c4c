import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, test } from "vitest"
import { clientAddress, setClientAddress } from "@/lib/run/server/client-address"

describe("the client's address", () => {
  const socket = "10.0.0.1"
  test.each([
    ["is the connection's without proxies", 0, undefined, "10.0.0.1"],
    ["is not the client's header without proxies", 0, "1.1.1.1", "10.0.0.1"],
    ["is the entry that one proxy added", 1, "203.0.113.7", "203.0.113.7"],
    ["is not an earlier entry from the client", 1, "1.1.1.1, 203.0.113.7", "203.0.113.7"],
    ["is the entry that the outer of two proxies added", 2, "1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["is the connection's when a request passed fewer proxies", 2, "203.0.113.7", "10.0.0.1"],
    ["has no port", 1, "203.0.113.7:4711", "203.0.113.7"],
    ["has no brackets or port with IPv6", 1, "[2001:db8::1]:4711", "2001:db8::1"],
    ["is the connection's when a proxy hides it", 1, "unknown", "10.0.0.1"],
  ])("%s", (_what, trustedProxies, forwardedFor, address) => {
    expect(clientAddress({ socket, forwardedFor, trustedProxies })).toBe(address)
  })

  test("is the IPv4 address of an IPv4-mapped IPv6 address", () => {
    expect(clientAddress({ socket: "::ffff:10.0.0.1", forwardedFor: undefined, trustedProxies: 0 })).toBe(
      "10.0.0.1",
    )
  })

  test("replaces the header that the client sent", async () => {
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
