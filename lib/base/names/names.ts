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

/** The names that the reader was shown, the latest last, with the names as they are stored. */
const stored = new Map<string, string>()
const mostStored = 5_000

/** Notes what the reader is shown. False if another name is shown so already. */
function note(text: string, value: string): boolean {
  if ((stored.get(text) ?? value) !== value) return false
  stored.delete(text)
  stored.set(text, value)
  const [oldest] = stored.keys()
  if (stored.size > mostStored && oldest !== undefined) stored.delete(oldest)
  return true
}

export const inBothLanguages = (zh: string, en: string): string => `${zh} | ${en}`

/** A text with its names in the reader's language. */
export function textIn(language: Language, text: string): string {
  const [, zh = "", en = ""] = whole.exec(text) ?? []
  if (han.test(zh) && en !== "" && !han.test(en)) return language === "zh" ? zh : en
  return text.replace(part, (_name, ...[first, second]: string[]) =>
    String(language === "zh" ? first : second),
  )
}

/**
 * Data of an answer with their names in the reader's language. What has none stays the same object. Of two
 * names that are the same in that language, such as 王伟 and 王薇, the second is shown in both. A server has
 * many readers and notes nothing.
 */
export function namesIn<Data>(language: Language, data: Data): Data {
  const shown = (value: unknown): unknown => {
    if (typeof value === "string") {
      if (!/[|｜]/.test(value)) return value
      const text = textIn(language, value)
      return text === value || typeof window === "undefined" || note(text, value) ? text : value
    }
    return mapValues(value, shown)
  }
  return shown(data) as Data
}

/** Data that the reader changed, with the shown names as they are stored, so that none loses a language. */
export function asStored<Data>(data: Data): Data {
  const kept = (value: unknown): unknown =>
    typeof value === "string" ? (stored.get(value) ?? value) : mapValues(value, kept)
  return stored.size === 0 ? data : (kept(data) as Data)
}

function mapValues(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, change(inner), inner] as const)
  if (entries.every(([, changed, before]) => changed === before)) return value
  return Array.isArray(value)
    ? entries.map(([, changed]) => changed)
    : Object.fromEntries(entries.map(([key, changed]) => [key, changed]))
}
