import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test, type Page } from "@playwright/test"
import { address, password, signIn } from "./support/journey"

test.describe.configure({ mode: "serial" })

const run = (...args: string[]) =>
  execFileSync("npm", ["run", "--silent", ...args], { encoding: "utf8", stdio: "pipe" })

async function signInAs(page: Page, email: string, secret: string) {
  await page.getByLabel("Email").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(secret)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
}

test.beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-e2e-people-"))
  const file = join(folder, "terminals.csv")
  const lines = [
    "serial,tid,acquirer,model,status,merchant,region,store,storeName,timeZone,address,openingHours",
    "E2E-PUDONG,,,,active,Lotus,,PD01,Lotus Pudong,Asia/Shanghai,,",
    "E2E-XUHUI,,,,active,Lotus,,XH01,Lotus Xuhui,Asia/Shanghai,,",
  ]
  writeFileSync(file, `${lines.join("\n")}\n`)
  run("import", "--", file, "--profile", "terminals")
  rmSync(folder, { recursive: true })
})

async function inviteToPudong(page: Page, email: string) {
  await page.getByRole("link", { name: "Settings" }).click()
  await page.getByRole("link", { name: "Users" }).click()
  await page.getByRole("button", { name: "Invite user" }).click()
  const invitation = page.getByRole("dialog", { name: "Invite user" })
  await invitation.getByLabel("Email").fill(email)
  await invitation.getByLabel("Name").fill("Mei")
  await invitation.getByRole("combobox", { name: "Role" }).click()
  await page.getByRole("option", { name: "Manager" }).click()
  await invitation.getByText("Some stores").click()
  await invitation.getByRole("combobox", { name: "Stores" }).fill("Pudong")
  await page.getByRole("option", { name: "Lotus Pudong" }).click()
  await page.keyboard.press("Escape")
  await invitation.getByRole("button", { name: "Invite" }).click()
}

test("an invited manager sees only one store, and an admin can end the session", async ({
  page,
  browser,
}) => {
  const email = "mei@example.com"
  await signIn(page)
  await page.goto(address())
  await inviteToPudong(page, email)
  const made = page.getByRole("dialog", { name: `Invitation for ${email}` })
  const link = await made.getByLabel("Link").inputValue()
  await made.getByRole("button", { name: "Close" }).last().click()
  const row = page.getByRole("row", { name: email })
  await expect(row).toContainText("Manager · Lotus Pudong")
  await expect(row).toContainText("Invited")

  const manager = await (await browser.newContext()).newPage()
  const opened = await manager.goto(link)
  expect(opened?.headers()["referrer-policy"]).toBe("no-referrer")
  await expect(manager.getByLabel("Email")).toHaveValue(email)
  await manager.getByLabel("Password", { exact: true }).fill(password)
  await manager.getByLabel("Repeat the password").fill(password)
  await manager.getByRole("button", { name: "Set password" }).click()
  await expect(manager.getByRole("heading", { name: "Password set" })).toBeVisible()
  await manager.goto(link)
  await expect(manager.getByRole("heading", { name: "This link is no longer valid" })).toBeVisible()
  await manager.getByRole("link", { name: "Sign in" }).click()
  await signInAs(manager, email, password)

  await expect(
    manager
      .getByRole("region", { name: "Fleet status" })
      .getByRole("link", { name: "Terminals 1", exact: true }),
  ).toBeVisible()
  await expect(manager.getByRole("link", { name: "Quarantine" })).toHaveCount(0)
  await manager.goto(`${address()}/quarantine`)
  await expect(manager).toHaveURL(`${address()}/`)
  await manager.getByRole("link", { name: "Terminals", exact: true }).click()
  await expect(manager.getByRole("link", { name: "E2E-PUDONG" })).toBeVisible()
  await expect(manager.getByText("E2E-XUHUI")).toHaveCount(0)
  await manager.goto(`${address()}/settings/users`)
  await expect(manager).toHaveURL(`${address()}/`)

  await page.reload()
  await row.getByRole("button", { name: `More for ${email}` }).click()
  await page.getByRole("menuitem", { name: "Disable" }).click()
  await page.getByRole("dialog", { name: "Disable" }).getByRole("button", { name: "Disable" }).click()
  await expect(row).toContainText("Disabled")
  await manager.getByRole("link", { name: "Flags", exact: true }).click()
  await expect(manager).toHaveURL(/\/sign-in/)
})

test("a technician has a first page without work orders, and no other page", async ({ page }) => {
  const [, oneTime = ""] =
    /password (\S+) /.exec(run("user:create", "--", "--email", "jo@example.com", "--role", "technician")) ??
    []
  await page.goto(`${address()}/sign-in`)
  await signInAs(page, "jo@example.com", oneTime)
  await page.getByLabel("One-time password").fill(oneTime)
  await page.getByLabel("New password", { exact: true }).fill(password)
  await page.getByLabel("Repeat the new password").fill(password)
  await page.getByRole("button", { name: "Change password" }).click()
  await expect(page.getByRole("heading", { name: "My work" })).toBeVisible()
  await expect(page.getByText("No work orders assigned to you")).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Navigation" }).getByRole("link")).toHaveText([
    "My work",
    "Settings",
  ])
  for (const path of ["/terminals", "/flags", "/reports/weekly", "/imports", "/settings/users"]) {
    await page.goto(`${address()}${path}`)
    await expect(page).toHaveURL(`${address()}/`)
  }
})

test("a forgotten password leads to the admin when no mail server is set", async ({ page }) => {
  await page.goto(`${address()}/sign-in`)
  await page.getByRole("link", { name: "Forgot your password?" }).click()
  await expect(page.getByText("ask your admin")).toBeVisible()
})

test("the users page fits a phone, in dark and in Chinese", async ({ browser }) => {
  const page = await (
    await browser.newContext({ locale: "zh-CN", colorScheme: "dark", viewport: { width: 390, height: 844 } })
  ).newPage()
  await signIn(page)
  await page.goto(`${address()}/settings/users`)
  await expect(page.getByRole("article", { name: "mei@example.com" })).toContainText("已停用")
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole("button", { name: "邀请用户" }).click()
  await page.getByText("部分门店").click()
  await expect(page.getByRole("combobox", { name: "门店" })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test("shows times in the organisation's zone", async ({ page }) => {
  await signIn(page)
  const zoneIs = async (timeZone: string) => {
    const changed = await page.request.patch(`${address()}/api/v1/organisation`, {
      headers: { origin: address() },
      data: { timeZone },
    })
    expect(changed.ok()).toBe(true)
  }
  const newest = async () => {
    const { data } = await (await page.request.get(`${address()}/api/v1/audit?limit=1`)).json()
    return new Date(data[0].at)
  }
  for (const timeZone of ["America/New_York", "Asia/Shanghai"]) {
    await zoneIs(timeZone)
    const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone })
    await page.goto(`${address()}/settings/audit`)
    await expect(page.getByText(time.format(await newest())).first()).toBeVisible()
  }
})

test("an admin makes, rotates and revokes a key in the list", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/settings/keys`)
  await page.getByRole("button", { name: "New key" }).click()
  const form = page.getByRole("dialog", { name: "New key" })
  await form.getByLabel("Label").fill("E2E gateway")
  await form.getByRole("checkbox", { name: "Read" }).check()
  await form.getByRole("button", { name: "Create" }).click()
  const made = page.getByRole("dialog", { name: "E2E gateway" })
  const first = await made.getByLabel("Key", { exact: true }).innerText()
  await made.getByRole("button", { name: "Done" }).click()

  const row = page.getByRole("row", { name: first.slice(0, 8) }).first()
  await expect(row).toContainText("E2E gateway")
  await row.getByRole("button", { name: "Rotate" }).click()
  await page.getByRole("dialog", { name: "Rotate" }).getByRole("button", { name: "Create new key" }).click()
  expect(await made.getByLabel("Key", { exact: true }).innerText()).not.toBe(first)
  await made.getByRole("button", { name: "Done" }).click()
  await expect(row.getByRole("button", { name: "Rotate" })).toHaveCount(0)
  await row.getByRole("button", { name: "Revoke" }).click()
  await page
    .getByRole("dialog", { name: "Revoke E2E gateway?" })
    .getByRole("button", { name: "Revoke" })
    .click()
  await expect(row).toHaveCount(0)
})

test("an audit entry opens to show its fields", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/settings/audit?subject=mei@example.com`)
  const row = page.getByRole("table", { name: "Audit log" }).getByRole("row", { name: "mei@example.com" })
  const fields = row.getByRole("button", { name: /Role/ }).last()
  await expect(fields).toHaveAttribute("aria-expanded", "false")
  await fields.click()
  await expect(row.getByRole("row", { name: "Role" })).toContainText("Manager")
})
