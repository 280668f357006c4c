import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Locator, Page } from "@playwright/test"

const timeout = 4_000

type Messages = { [key: string]: string | Messages }
export type Language = "en" | "zh"

const messagesOf = (language: Language) =>
  JSON.parse(readFileSync(join("lib/base/i18n/messages", `${language}.json`), "utf8")) as Messages

/** What a message that is one plural says of many. */
const ofMany = (message: string) =>
  message.replace(/^\{\w+, plural,.* other \{(.*)\}\}$/, (_, many: string) => many.replace("#", "{count}"))

/** The pattern of a name that a message makes. With … at the end: of names that begin with the message. */
export function patternOf(key: string, language: Language): RegExp {
  const isBegin = key.endsWith("…")
  let found: string | Messages | undefined = messagesOf(language)
  for (const part of key.replace("…", "").split("."))
    found = typeof found === "object" ? found[part] : undefined
  if (typeof found !== "string") throw new Error(`There is no message ${key}`)
  const parts = ofMany(found)
    .split(/\{\w+(?:, number)?\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join(".+")}${isBegin ? "" : "$"}`)
}

/** Presses or fills the next thing that opens a window. Times out if it is not there. */
export async function press(
  page: Page,
  what: string,
  { language, password }: { language: Language; password: string },
): Promise<void> {
  if (what === "@offline") return page.context().setOffline(true)
  const main = page.getByRole("main")
  const window = page.getByRole("dialog").last()
  const visible = (locator: Locator) => locator.filter({ visible: true }).first()
  if (what === "@row")
    return visible(
      main.locator("tbody td:not(:has([role=checkbox])) :is(button, a), article :is(button, a)"),
    ).click({ timeout })
  if (what === "@branch") return visible(main.locator(".mantine-Accordion-control")).click({ timeout })
  // The first one of a list selects the whole page.
  if (what === "@checkbox")
    return main.getByRole("checkbox").filter({ visible: true }).nth(1).click({ timeout })
  if (what === "@password") return visible(main.locator("input[type=password]")).fill(password, { timeout })
  if (what === "@text") return visible(window.getByRole("textbox")).fill("Screens", { timeout })
  if (what === "@fewer") return visible(main.locator("input[inputmode]")).press("ArrowDown", { timeout })
  if (what === "@option") return visible(window.getByRole("checkbox")).click({ timeout })
  if (what === "@alert") return visible(window.getByRole("alert")).waitFor({ timeout })
  const name = patternOf(what, language)
  const inside = (await window.isVisible()) ? window : page
  await visible(inside.getByRole("button", { name }).or(page.getByRole("menuitem", { name }))).click({
    timeout,
  })
}
