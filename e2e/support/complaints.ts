import type { Page } from "@playwright/test"

/** Collects policy violations, script errors and errors of React from the browser. */
export async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on(
    "console",
    (message) =>
      message.type() === "error" &&
      complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`),
  )
  await page.exposeFunction("noteRefusal", (refusal: string) => complaints.push(`${page.url()}: ${refusal}`))
  await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
    noteRefusal([event.violatedDirective, event.blockedURI, event.sourceFile, event.sample].join(" ")))`)
  return complaints
}
