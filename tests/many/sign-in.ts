import { parseSetCookie } from "cookie"

type Form = { email: string; password: string }

/** Signs in at `url` like the page's form. Returns the headers of the session, or an error. */
export async function signIn({
  url,
  origin,
  form,
}: {
  url: string
  origin: string
  form: Form
}): Promise<{ headers: Record<string, string>; error: string | null }> {
  const jar = new Map<string, string>()
  const headers = () => ({ origin, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") })
  const keep = (response: Response) => {
    for (const header of response.headers.getSetCookie()) {
      const { name, value = "" } = parseSetCookie(header, { decode: (text) => text })
      jar.set(name, value)
    }
    return response
  }
  const { csrfToken } = (await keep(await fetch(`${url}/api/auth/csrf`)).json()) as { csrfToken: string }
  const body = new URLSearchParams({ ...form, csrfToken, json: "true" })
  const answer = keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: headers(),
      body,
      redirect: "manual",
    }),
  )
  const { url: next } = (await answer.json()) as { url: string }
  return { headers: headers(), error: new URL(next).searchParams.get("error") }
}
