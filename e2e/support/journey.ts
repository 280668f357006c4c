import { execFileSync } from "node:child_process"
import type { Cookie, Page } from "@playwright/test"

const given = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is missing: the global setup sets it`)
  return value
}

export const address = () => given("TILLWATCH_URL")
export const email = () => given("ADMIN_EMAIL")
export const oneTimePassword = () => given("ONE_TIME_PASSWORD")
export const password = "a sentence that nobody guesses"

const keys = new Map<string, string>()

/** A key with these scopes, from the command of the README, which must print only the key. */
export function createKey(...scopes: string[]): string {
  const known = keys.get(scopes.join())
  if (known !== undefined) return known
  const made = execFileSync(
    "npm",
    [
      "run",
      "--silent",
      "key:create",
      "--",
      "--label",
      "e2e",
      ...scopes.flatMap((scope) => ["--scope", scope]),
    ],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  ).trimEnd()
  keys.set(scopes.join(), made)
  return made
}

export const post = (path: string, key: string, records: object[]): Promise<Response> =>
  fetch(`${address()}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
    body: records.map((record) => JSON.stringify(record)).join("\n"),
  })

/** Signs in as the admin with the form. */
export async function signInByForm(page: Page): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.getByLabel(/^(Email|邮箱)$/).fill(email())
  await page.getByLabel(/^(Password|密码)$/).fill(password)
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click()
  // Wait for the scripts, because buttons do nothing before.
  await page.waitForURL(`${address()}/`)
}

let session: Cookie[] = []

/**
 * Signs in as the admin with the first session, and opens no page. A test that ends this session must sign in
 * with the form.
 */
export async function signIn(page: Page): Promise<void> {
  if (session.length === 0) {
    await signInByForm(page)
    session = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"))
    return
  }
  await page.context().addCookies(session)
}
