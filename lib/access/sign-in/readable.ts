import { cookies } from "next/headers"
import { NextRequest } from "next/server"
import { z } from "zod"
import { authCookies } from "@/lib/access/sessions/auth-cookies"
import { ownPath } from "@/lib/access/sign-in/own-path"
import { env } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"
import { readText } from "@/lib/base/http/read-text"

/** A form of ours or of the provider is a few hundred bytes. */
const longestForm = 16 * 1024

const Form = z.record(z.string(), z.unknown())

/**
 * Returns the request as next-auth can read it: with a bounded body and a callback URL on this site.
 * next-auth reads a body of any length, and fails on malformed bodies and URLs.
 */
export async function readable(request: NextRequest): Promise<NextRequest> {
  const { method, headers } = request
  await deleteWrongCookie()
  const url = new URL(request.url)
  const back = url.searchParams.get("callbackUrl")
  if (back !== null) url.searchParams.set("callbackUrl", pathOf(back))
  if (!request.body) return new NextRequest(url, { method, headers })
  const text = await readText(request, longestForm)
  const type = headers.get("content-type") ?? ""
  return new NextRequest(url, { method, headers, body: type.includes("json") ? jsonOf(text) : formOf(text) })
}

const pathOf = (back: unknown): string =>
  ownPath(back, new URL(env().NEXTAUTH_URL ?? "http://localhost").origin)

function formOf(text: string): string {
  const form = new URLSearchParams(text)
  if (form.has("callbackUrl")) form.set("callbackUrl", pathOf(form.get("callbackUrl")))
  return form.toString()
}

function jsonOf(text: string): string {
  const form = parse(Form, valueOf(text))
  return JSON.stringify("callbackUrl" in form ? { ...form, callbackUrl: pathOf(form["callbackUrl"]) } : form)
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError("invalid", "The body is not JSON.")
  }
}

/** Deletes next-auth's callback cookie if it holds no URL. */
async function deleteWrongCookie(): Promise<void> {
  const { name } = authCookies().callbackUrl ?? {}
  const given = name === undefined ? undefined : (await cookies()).get(name)?.value
  if (name === undefined || given === undefined || (/^https?:\/\//.test(given) && URL.canParse(given))) return
  ;(await cookies()).delete(name)
}
