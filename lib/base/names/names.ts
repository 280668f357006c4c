// A name can be written in two languages, Chinese first: 上海静安寺店 | Shanghai Jing'an. Each reader sees one.

type Language = "zh" | "en"

const han = /\p{Script=Han}/u
const whole = /^([^|｜]+?)\s*[|｜]\s*((?:[^|｜()]|\([^|｜()]*\))+)$/
/** A name inside a text whose other parts are set apart by a dot, comma or bracket. */
const part = new RegExp(
  [
    "([^|｜()·,;]*\\p{Script=Han}[^|｜()·,;]*?)\\s*[|｜]\\s*",
    "([^\\s|｜()·,;\\p{Script=Han}][^|｜()·,;\\p{Script=Han}]*)(?=$|[()·,;])",
  ].join(""),
  "gu",
)

export const inBothLanguages = (zh: string, en: string): string => `${zh} | ${en}`

/** A text with its names in the reader's language. */
export function textIn(language: Language, text: string): string {
  if (!/[|｜]/.test(text)) return text
  const [, zh = "", en = ""] = whole.exec(text) ?? []
  if (han.test(zh) && en !== "" && !han.test(en)) return language === "zh" ? zh : en
  return text.replace(part, (_name, ...[first, second]: string[]) =>
    String(language === "zh" ? first : second),
  )
}

/** An answer with its names in the reader's language. What has none stays the same object. */
export function namesIn<Data>(language: Language, data: Data): Data {
  const shown = (value: unknown): unknown =>
    typeof value === "string" ? textIn(language, value) : mapValues(value, shown)
  return shown(data) as Data
}

/** The `select` of a query for a form, which changes names as they are stored. */
export const asStored = <Data>(data: Data): Data => data

function mapValues(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, change(inner), inner] as const)
  if (entries.every(([, changed, before]) => changed === before)) return value
  return Array.isArray(value)
    ? entries.map(([, changed]) => changed)
    : Object.fromEntries(entries.map(([key, changed]) => [key, changed]))
}
