import { escapeUTF8 } from "entities"

/** Text that is HTML already. */
export type Html = { readonly html: string }
type Part = string | number | Html | null | readonly Html[]

const htmlOf = (part: Part): string => {
  if (part === null) return ""
  if (typeof part === "string" || typeof part === "number") return escapeUTF8(String(part))
  return "html" in part ? part.html : part.map((one) => one.html).join("")
}

/** HTML of a template. Values that are no HTML are escaped. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: texts.map((text, i) => text + htmlOf(parts[i] ?? null)).join(""),
})
