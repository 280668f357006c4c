import { mkdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { chromium, type Browser, type Page } from "@playwright/test"
import config from "@/e2e/playwright.config"
import { faultsOf } from "@/e2e/support/axe"
import { deadLinks, newLinks } from "@/e2e/support/links"
import { pathOf, templates, views } from "@/e2e/support/pages"
import { contactSheet } from "@/tests/screens/contact-sheet"
import { schemes, visits, type Visit } from "@/tests/screens/looks"
import { demoAdmin, readerOfOneStore, signIn, type Person } from "@/tests/screens/people"
import { press } from "@/tests/screens/press"
import { setStage } from "@/tests/screens/stage"
import { helpPath, subjects } from "@/tests/screens/subjects"
import { moreViews, windows } from "@/tests/screens/windows"

// npm run screens: a picture of every page of a running demo and of its drawers and dialogs, in both
// languages and colour schemes, at a desk and on a phone, and a contact sheet of each. It prints links that
// do not open, and with --axe what axe finds.

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(tmpdir(), "tillwatch-screens") },
    url: { type: "string", default: "http://localhost:3000" },
    data: { type: "string", default: ".data" },
    /** Only pages whose path matches this pattern. */
    only: { type: "string", default: "" },
    /** Only visits whose name contains this, such as zh or phone. */
    look: { type: "string", default: "" },
    /** Who signs in, if not the demo's admin. */
    email: { type: "string" },
    password: { type: "string", default: "" },
    /** Signs in as somebody who may only read, in one store. */
    reader: { type: "boolean", default: false },
    /** Adds what the demo has nothing of, so that every window can be shown. */
    stage: { type: "boolean", default: false },
    /** "pages", or "windows": drawers, dialogs and menus. Both without it. */
    part: { type: "string", default: "" },
    axe: { type: "boolean", default: false },
  },
})
const { url, axe } = values
const out = resolve(values.out)
const only = new RegExp(values.only)
/** The height of pictures of drawers, which show long forms whole. */
const windowHeight = 1300

const print = (text: string) => process.stdout.write(`${text}\n`)
const fileOf = (path: string) => path.slice(1).replaceAll(/\W+/g, "-").slice(0, 80) || "overview"
const isOpen = (template: string) => /^\/(sign-in|forgot|accept|reset)/.test(template)

type Picture = { path: string; file: string }
type Walk = {
  visit: Visit
  page: Page
  person: Person
  pictures: Picture[]
  faults: number
  /** The kinds of links that were followed. */
  links: Set<string>
}

/** Pictures of what is open, in both colour schemes. */
async function shoot({ visit, page, pictures }: Walk, path: string, file: string, fullPage: boolean) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((wanted) => {
      const { mantineColorScheme: shown = wanted } = document.documentElement.dataset
      return shown === wanted
    }, colorScheme)
    // Charts are drawn in a few frames.
    await page.waitForTimeout(300)
    const picture = join(out, `${visit.name}-${colorScheme}`, `${file}.png`)
    await page.screenshot({ path: picture, fullPage, animations: "disabled" })
  }
  pictures.push({ path, file: `${file}.png` })
}

async function open({ page }: Walk, path: string): Promise<void> {
  await page.goto(`${url}${path}`)
  await page.waitForLoadState("networkidle", { timeout: 8_000 }).catch(() => undefined)
}

async function takePage(walk: Walk, template: string, path: string): Promise<void> {
  const { page, visit } = walk
  if (!only.test(path)) return
  if (values.part !== "windows") {
    await open(walk, path)
    await shoot(walk, path, fileOf(path), true)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > visit.viewport.width) print(`${visit.name} ${path} is ${wide} px wide`)
    const dead = await deadLinks(page, await newLinks(page, walk.links))
    const faults = [...(axe ? await faultsOf(page) : []), ...dead]
    for (const fault of faults) print(fault)
    walk.faults += faults.length
  }
  if (values.part === "pages") return
  for (const window of windows[template] ?? []) await takeWindow(walk, path, window)
}

async function takeWindow(walk: Walk, path: string, window: { name: string; press: string[] }) {
  const { page, visit, person } = walk
  await page.setViewportSize({ ...visit.viewport, height: windowHeight })
  await open(walk, path)
  const name = `${fileOf(path)}--${window.name}`
  try {
    for (const what of window.press)
      await press(page, what, { language: visit.language, password: person.password })
    await page.waitForLoadState("networkidle", { timeout: 8_000 }).catch(() => undefined)
    // A window that waits for its data shows a grey block.
    await page
      .locator(".mantine-Skeleton-root")
      .first()
      .waitFor({ state: "hidden", timeout: 8_000 })
      .catch(() => undefined)
    await shoot(walk, `${path} ${window.name}`, name, false)
  } catch (error) {
    print(`${visit.name} ${name} did not open: ${String(error).split("\n")[0] ?? ""}`)
  }
  await page.context().setOffline(false)
  await page.setViewportSize(visit.viewport)
}

async function everybodysPages(walk: Walk): Promise<void> {
  for (const template of templates.filter(isOpen)) {
    const path = pathOf(template, {})
    if (path !== null) await takePage(walk, template, path)
  }
}

async function signedInPages(walk: Walk): Promise<void> {
  const found = await subjects(walk.page, url)
  for (const template of templates.filter((template) => !isOpen(template))) {
    const path = pathOf(template, found)
    if (path !== null) await takePage(walk, template, path)
  }
  for (const view of [...views, ...moreViews]) await takePage(walk, view, view)
  const terminal = found["/terminals/[id]"]
  const help = terminal === undefined ? null : await helpPath(walk.page, url, terminal)
  for (const path of [help, "/t/a-link-that-was-removed"])
    if (path !== null) await takePage(walk, "/t/[token]", path)
}

async function take(browser: Browser, visit: Visit, given: Person): Promise<number> {
  const { name, locale, viewport } = visit
  for (const scheme of schemes) mkdirSync(join(out, `${name}-${scheme}`), { recursive: true })
  const context = await browser.newContext({ locale, viewport, timezoneId: "Asia/Shanghai" })
  const page = await context.newPage()
  const walk: Walk = { visit, page, person: given, pictures: [], faults: 0, links: new Set() }
  await everybodysPages(walk)
  walk.person = await signIn(page, url, given)
  await signedInPages(walk)
  for (const scheme of schemes) {
    const look = `${name}-${scheme}`
    writeFileSync(join(out, look, "index.html"), contactSheet(look, viewport.width, walk.pictures))
    await page.setViewportSize({ width: 1640, height: 1000 })
    await page.goto(`file://${join(out, look, "index.html")}`)
    await page.screenshot({ path: join(out, `${look}.png`), fullPage: true })
  }
  await context.close()
  print(`${name}: ${walk.pictures.length} pictures${walk.faults > 0 ? `, ${walk.faults} faults` : ""}`)
  return walk.faults
}

/** Who signs in. Asks the demo's admin for a reader. */
async function personOf(browser: Browser): Promise<Person> {
  const { email, password } = values
  const admin = email === undefined ? demoAdmin(values.data) : { email, password }
  const page = await browser.newPage()
  const signedIn = await signIn(page, url, admin)
  if (values.stage) await setStage(page, url)
  const reader = values.stage || values.reader ? await readerOfOneStore(page, url) : null
  const person = values.reader && reader ? reader : signedIn
  await page.close()
  return person
}

const browser = await chromium.launch(config.use?.launchOptions)
const person = await personOf(browser)
for (const visit of visits.filter(({ name }) => name.includes(values.look)))
  if ((await take(browser, visit, person)) > 0) process.exitCode = 1
await browser.close()
print(`The contact sheets are in ${out}`)
