import "next/dist/server/node-environment-baseline.js"
import { createRequire } from "node:module"
import { NextRequest } from "next/server"
import { GET, POST } from "@/app/api/auth/[...nextauth]/route"
import { env } from "@/lib/base/env"

type Storage = { run<T>(store: object, run: () => T): T }
// next-auth reads cookies and headers from Next, which keeps them in these while a route handler runs.
const load = createRequire(import.meta.url)
const { workAsyncStorage } = load("next/dist/server/app-render/work-async-storage.external") as {
  workAsyncStorage: Storage
}
const { workUnitAsyncStorage } = load("next/dist/server/app-render/work-unit-async-storage.external") as {
  workUnitAsyncStorage: Storage
}

export type Cookie = { name: string; value: string; flags: string[] }

/** A browser with cookies, which signs in and out like our form. */
export class Browser {
  readonly jar = new Map<string, Cookie>()
  readonly userAgent: string
  readonly address: string
  constructor(
    userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
    address = "203.0.113.7",
  ) {
    this.userAgent = userAgent
    this.address = address
  }

  /** The headers that our own pages send with every request. */
  get headers(): Record<string, string> {
    const origin = new URL(env().NEXTAUTH_URL ?? "http://localhost").origin
    const cookie = [...this.jar.values()].map(({ name, value }) => `${name}=${value}`).join("; ")
    return {
      origin,
      host: new URL(origin).host,
      "user-agent": this.userAgent,
      "x-forwarded-for": this.address,
      ...(cookie ? { cookie } : {}),
    }
  }

  async signIn(
    form: { email: string; password: string; code?: string },
    { csrfToken }: { csrfToken?: string } = {},
  ): Promise<{ status: number; error: string | null }> {
    const token = csrfToken ?? (await this.csrfToken())
    const response = await this.send("callback/credentials", { ...form, csrfToken: token, json: "true" })
    const body = (await response.json()) as { url: string }
    return { status: response.status, error: new URL(body.url).searchParams.get("error") }
  }

  async signOut(): Promise<void> {
    await this.send("signout", { csrfToken: await this.csrfToken(), json: "true" })
  }

  private async csrfToken(): Promise<string> {
    const body = (await (await this.send("csrf")).json()) as { csrfToken: string }
    return body.csrfToken
  }

  async send(path: string, form?: Record<string, string>): Promise<Response> {
    const request = new NextRequest(new URL(`/api/auth/${path}`, env().NEXTAUTH_URL ?? "http://localhost"), {
      headers: { ...this.headers, ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}) },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    })
    const { cookies, headers } = request
    const handle = form ? POST : GET
    const response = await workAsyncStorage.run({ route: "/api/auth/[...nextauth]" }, () =>
      workUnitAsyncStorage.run({ type: "request", phase: "render", cookies, headers }, () =>
        handle(request, { params: Promise.resolve({ nextauth: path.split("/") }) }),
      ),
    )
    for (const header of response.headers.getSetCookie()) this.keep(header)
    return response
  }

  private keep(header: string): void {
    const [pair = "", ...flags] = header.split("; ")
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]
    if (value === "" || flags.includes("Max-Age=0")) this.jar.delete(name)
    else this.jar.set(name, { name, value, flags })
  }
}
