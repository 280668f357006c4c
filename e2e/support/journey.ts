import { execFileSync } from "node:child_process"
import type { Cookie, Page } from "@playwright/test"

const given = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is set by the global setup`)
  return value
}

export const address = () => given("TILLWATCH_URL")
export const email = () => given("ADMIN_EMAIL")
export const oneTimePassword = () => given("ONE_TIME_PASSWORD")
export const password = "a sentence that nobody guesses"

/** A key made by the command that the README names; it must print the key and nothing else. */
export const createKey = (...scopes: string[]): string =>
  execFileSync(
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

export const post = (path: string, key: string, records: object[]): Promise<Response> =>
  fetch(`${address()}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
    body: records.map((record) => JSON.stringify(record)).join("\n"),
  })

/** As the admin, by the form. */
export async function signInByForm(page: Page): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.getByLabel(/^(Email|邮箱)$/).fill(email())
  await page.getByLabel(/^(Password|密码)$/).fill(password)
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click()
  // Its scripts as well: a button pressed before they run does nothing.
  await page.waitForURL(`${address()}/`)
}

let session: Cookie[] = []

/** As the admin, with the session of the first time: whoever ends it signs in by the form. */
export async function signIn(page: Page): Promise<void> {
  if (session.length === 0) {
    await signInByForm(page)
    session = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"))
    return
  }
  await page.context().addCookies(session)
  await page.goto(address())
}
