import "next/dist/server/node-environment-baseline.js"
import { parseSetCookie } from "cookie"
import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external.js"
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external.js"
import { NextRequest } from "next/server"
import { GET, POST } from "@/app/api/auth/[...nextauth]/route"

const ownOrigin = "http://localhost"

/** Calls next-auth's route in the scope that Next gives a request. */
function callAuth(
  url: URL,
  init: { method: string; headers: Headers; body: string | null },
): Promise<Response> {
  const request = new NextRequest(url, init)
  const context = { params: Promise.resolve({ nextauth: url.pathname.replace("/api/auth/", "").split("/") }) }
  const work = { route: "/api/auth/[...nextauth]" } as Parameters<typeof workAsyncStorage.run>[0]
  const unit = {
    type: "request",
    phase: "render",
    headers: request.headers,
    cookies: request.cookies,
  } as unknown as Parameters<typeof workUnitAsyncStorage.run>[0]
  return workAsyncStorage.run(work, () =>
    workUnitAsyncStorage.run(unit, () => (init.method === "POST" ? POST : GET)(request, context)),
  )
}

/**
 * A browser without a screen. Keeps cookies by host, calls our own routes in this process and others over
 * the network.
 */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  cookie(name: string): string | undefined {
    return this.#cookies.get(new URL(ownOrigin).host)?.get(name)
  }

  /** Deletes a host's cookies. */
  forget(host: string): void {
    this.#cookies.delete(host)
  }

  async fetch(address: string | URL, form?: Record<string, string>): Promise<Response> {
    const url = new URL(address, ownOrigin)
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>()
    this.#cookies.set(url.host, jar)
    const headers = new Headers({
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
      "user-agent": "A test's browser",
    })
    if (form) headers.set("content-type", "application/x-www-form-urlencoded")
    const init = {
      method: form ? "POST" : "GET",
      headers,
      body: form ? new URLSearchParams(form).toString() : null,
    }
    const response =
      url.origin === ownOrigin ? await callAuth(url, init) : await fetch(url, { ...init, redirect: "manual" })
    for (const header of response.headers.getSetCookie()) {
      const { name, value = "", maxAge, expires } = parseSetCookie(header, { decode: (text) => text })
      if (value === "" || maxAge === 0 || expires?.getTime() === 0) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /**
   * Follows redirects until `until` accepts the next address. Returns that address, or the last response's.
   */
  async follow(address: string | URL, until: (url: URL) => boolean): Promise<URL> {
    let url = new URL(address, ownOrigin)
    for (let hops = 0; hops < 20 && !until(url); hops += 1) {
      const location = (await this.fetch(url)).headers.get("location")
      if (location === null) return url
      url = new URL(location, url)
    }
    return url
  }
}
