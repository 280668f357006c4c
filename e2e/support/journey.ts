import { execFileSync } from "node:child_process"
import { expect, type Page } from "@playwright/test"

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
  execFileSync("npm", ["run", "--silent", "key:create", "--", "--label", "e2e", ...scopes.flatMap((scope) => ["--scope", scope])], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trimEnd()

export const post = (path: string, key: string, records: object[]): Promise<Response> =>
  fetch(`${address()}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
    body: records.map((record) => JSON.stringify(record)).join("\n"),
  })

export async function signIn(page: Page): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.getByLabel(/^(E-mail|邮箱)$/).fill(email())
  await page.getByLabel(/^(Password|密码)$/).fill(password)
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click()
  await expect(page).toHaveURL(`${address()}/`)
}
