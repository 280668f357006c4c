import { execFileSync } from "node:child_process"
import { expect, test, type Page } from "@playwright/test"
import { Secret, TOTP } from "otpauth"
import { address, password } from "./support/journey"

const email = "second-step@example.com"
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Creates a user with the command from the README, and reads the one-time password that it prints. */
const createUser = (): string => {
  const printed = execFileSync(
    "npm",
    ["run", "--silent", "user:create", "--", "--email", email, "--role", "viewer"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  )
  return /one-time password (\S+)/.exec(printed)?.[1] ?? ""
}

async function enter(page: Page, given: string): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.getByLabel("Email").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(given)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
}

test("sets up two-step verification, asks for the code, and ends another session", async ({
  page,
  browser,
}) => {
  const oneTime = createUser()
  await enter(page, oneTime)
  await page.getByLabel("One-time password").fill(oneTime)
  await page.getByLabel("New password", { exact: true }).fill(password)
  await page.getByLabel("Repeat the new password").fill(password)
  await page.getByRole("button", { name: "Change password" }).click()
  await expect(page).toHaveURL(`${address()}/`)

  await page.goto(`${address()}/settings/account`)
  const step = page.getByRole("region", { name: "Two-step verification" })
  // A click before the page's scripts run does nothing.
  await expect(async () => {
    await step.getByRole("button", { name: "Set up authenticator app" }).click()
    await expect(step.getByLabel("Your password")).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await step.getByLabel("Your password").fill(password)
  await step.getByRole("button", { name: "Set up authenticator app" }).click()
  await expect(step.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible()
  const secret = ((await step.getByTestId("totp-secret").textContent()) ?? "").replaceAll(" ", "")
  // The code of the previous 30 s. A code works once, and those of now and later are used below.
  await step.getByLabel("Code", { exact: true }).fill(codeOf(secret, -1))
  await step.getByRole("button", { name: "Turn on" }).click()
  await expect(step.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10)
  const recoveryCode = (await step.getByRole("listitem").first().textContent()) ?? ""
  await step.getByRole("button", { name: "I have saved them" }).click()
  await expect(step.getByText("10 recovery codes left.")).toBeVisible()

  await page.getByRole("button", { name: "Sign out", exact: true }).last().click()
  await expect(page).toHaveURL(/sign-in/)
  await enter(page, password)
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret))
  await page.getByRole("button", { name: "Continue" }).click()
  await expect(page).toHaveURL(`${address()}/`)

  const phone = await (
    await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } })
  ).newPage()
  await enter(phone, password)
  await phone.getByRole("button", { name: "Use a recovery code" }).click()
  await phone.getByLabel("Recovery code", { exact: true }).fill(recoveryCode)
  await phone.getByRole("button", { name: "Continue" }).click()
  await expect(phone).toHaveURL(`${address()}/`)

  await page.goto(`${address()}/settings/account`)
  const sessions = page.getByRole("region", { name: "Active sessions" })
  await expect(sessions.getByRole("listitem")).toHaveCount(2)
  await sessions.getByRole("button", { name: /^Sign out Chrom/ }).click()
  await expect(sessions.getByRole("listitem")).toHaveCount(1)
  await phone.goto(`${address()}/terminals`)
  await expect(phone).toHaveURL(/sign-in/)
})
