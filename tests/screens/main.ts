import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { chromium, type Browser, type Page } from "@playwright/test"
import config from "@/e2e/playwright.config"
import { faultsOf } from "@/e2e/support/axe"
import { pathOf, templates } from "@/e2e/support/pages"
import { demoEmail } from "@/lib/run/demo/email"
import { contactSheet } from "@/tests/screens/contact-sheet"

// npm run screens: a picture of every page of a running demo, in both languages and colour schemes and on a
// phone, a contact sheet of each, and with --axe what axe finds.

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(tmpdir(), "tillwatch-screens") },
    url: { type: "string", default: "http://localhost:3000" },
    data: { type: "string", default: ".data" },
    /** Only pages whose path contains this. */
    only: { type: "string", default: "" },
    /** Only looks whose name contains this. */
    look: { type: "string", default: "" },
    axe: { type: "boolean", default: false },
  },
})
const out = resolve(values.out)
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

const looks = [
  { name: "en-light", locale: "en-GB", colorScheme: "light", viewport: desk },
  { name: "en-dark", locale: "en-GB", colorScheme: "dark", viewport: desk },
  { name: "zh-light", locale: "zh-CN", colorScheme: "light", viewport: desk },
  { name: "zh-dark", locale: "zh-CN", colorScheme: "dark", viewport: desk },
  { name: "en-phone", locale: "en-GB", colorScheme: "light", viewport: phone },
  { name: "zh-phone", locale: "zh-CN", colorScheme: "dark", viewport: phone },
] as const
type Look = (typeof looks)[number]

const print = (text: string) => process.stdout.write(`${text}\n`)
const fileOf = (path: string) => `${path.slice(1).replaceAll(/\W+/g, "-") || "overview"}.png`
const isOpen = (template: string) => /^\/(sign-in|forgot|accept|reset)/.test(template)

async function signIn(page: Page): Promise<void> {
  await page.goto(`${values.url}/sign-in`)
  await page.locator("[name=email]").fill(demoEmail)
  await page.locator("[name=password]").fill(readFileSync(join(values.data, "demo-password"), "utf8").trim())
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${values.url}/`)
}

/** One object for each path with a parameter. */
async function subjects(page: Page): Promise<Record<string, string | undefined>> {
  const first = async (noun: string, component?: string) => {
    const answer = await page.request.get(`${values.url}/api/v1/${noun}`)
    const { data } = (await answer.json()) as { data: { id: number | string; component?: string }[] }
    const found = data.find((one) => component === undefined || one.component === component)
    return found && String(found.id)
  }
  return {
    "/terminals/[id]": await first("terminals?state=late").then((late) => late ?? first("terminals")),
    "/imports/[id]": await first("imports"),
    "/incidents/[id]": await first("incidents").then((open) => open ?? first("incidents?state=closed")),
    "/inventory/stores/[id]": await first("stores"),
    "/failures/coaching/[id]": await first("stores"),
    "/inventory/models/[id]": await first("models"),
    "/inventory/releases/[id]": await first("releases", "app"),
    "/reports/weekly/[week]": /\d{4}-W\d\d/.exec(
      (await page.request.get(`${values.url}/reports/weekly`)).url(),
    )?.[0],
  }
}

async function picture(page: Page, look: Look, path: string): Promise<number> {
  await page.goto(`${values.url}${path}`)
  await page.waitForLoadState("networkidle").catch(() => undefined)
  // Charts are drawn in a few frames.
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(out, look.name, fileOf(path)), fullPage: true, animations: "disabled" })
  if (!values.axe) return 0
  const faults = await faultsOf(page)
  for (const fault of faults) print(fault)
  await page.emulateMedia({ colorScheme: look.colorScheme })
  return faults.length
}

async function allPictures(browser: Browser, look: Look): Promise<number> {
  const { name, ...settings } = look
  mkdirSync(join(out, name), { recursive: true })
  const context = await browser.newContext({ ...settings, timezoneId: "Asia/Shanghai" })
  const page = await context.newPage()
  let [faults, pictures] = [0, [] as { path: string; file: string }[]]
  const take = async (template: string, found: Record<string, string | undefined>) => {
    const path = pathOf(template, found)
    if (path === null || !template.includes(values.only)) return
    faults += await picture(page, look, path)
    pictures.push({ path, file: fileOf(path) })
  }
  for (const template of templates.filter(isOpen)) await take(template, {})
  await signIn(page)
  const found = await subjects(page)
  for (const template of templates.filter((template) => !isOpen(template))) await take(template, found)
  writeFileSync(join(out, name, "index.html"), contactSheet(name, settings.viewport.width, pictures))
  await page.setViewportSize({ width: 1640, height: 1000 })
  await page.goto(`file://${join(out, name, "index.html")}`)
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  await context.close()
  print(`${name}: ${pictures.length} pages${values.axe ? `, axe finds ${faults}` : ""}`)
  return faults
}

const browser = await chromium.launch(config.use?.launchOptions)
for (const look of looks.filter(({ name }) => name.includes(values.look)))
  if ((await allPictures(browser, look)) > 0) process.exitCode = 1
await browser.close()
print(`The contact sheets are in ${out}`)
