import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { demoEmail } from "@/lib/run/demo/email"

export type Person = { email: string; password: string }

const invited = "screens@example.com"
const chosen = "a sentence that nobody guesses"

export const demoAdmin = (data: string): Person => ({
  email: demoEmail,
  password: readFileSync(join(data, "demo-password"), "utf8").trim(),
})

/** Signs in. A one-time password is changed to the one that the answer has. */
export async function signIn(page: Page, url: string, { email, password }: Person): Promise<Person> {
  await page.goto(`${url}/sign-in`)
  await page.locator("[name=email]").fill(email)
  await page.locator("[name=password]").fill(password)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"))
  if (!page.url().includes("/change-password")) return { email, password }
  const fields = page.locator("form input")
  for (const [i, text] of [password, chosen, chosen].entries()) await fields.nth(i).fill(text)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${url}/`)
  return { email, password: chosen }
}

type Users = { data: { id: string; email: string; state: string }[] }
type WithLink = { link: { url: string } }

/**
 * A user who may only read, in the first store. The page is signed in as an admin. A user of an earlier walk
 * stays as it is, for another walk may be signed in as this user now.
 */
export async function readerOfOneStore(page: Page, url: string): Promise<Person> {
  const headers = { origin: url }
  const get = async <Answer>(path: string) =>
    (await (await page.request.get(`${url}/api/v1/${path}`)).json()) as Answer
  const post = async <Answer>(path: string, data: object) =>
    (await (await page.request.post(`${url}/api/v1/${path}`, { headers, data })).json()) as Answer
  const stores = await get<{ data: { id: number }[] }>("stores")
  const reach = { merchants: [], regions: [], stores: stores.data.slice(0, 1).map(({ id }) => id) }
  const known = (await get<Users>(`users?q=${invited}`)).data.find(({ email }) => email === invited)
  if (known?.state === "active") return { email: invited, password: chosen }
  const { link } = known
    ? await post<WithLink>(`users/${known.id}/reset`, {})
    : await post<WithLink>("users", { email: invited, name: "Screens", role: "viewer", reach })
  await post(`account-links/${link.url.split("/").at(-1)}`, { password: chosen })
  return { email: invited, password: chosen }
}
