import { paths } from "@/lib/base/paths"

// Any host will do: a path leads to it, and everything else leads away from it.
const somewhere = "http://tillwatch.invalid"
/** Browsers take a backslash for a slash, and leave control characters out. */
const misread = /[\p{C}\\]/u
const mostDecodings = 5

/**
 * `text` as a path of our own, to be sent to after signing in; the first page where it is none, or where it leads away
 * once somebody on the way decodes it. `own` is our own address, which may stand before the path.
 */
export function ownPath(text: unknown, own?: string): string {
  if (typeof text !== "string") return paths.overview
  const written = own !== undefined && text.startsWith(`${own}/`) ? text.slice(own.length) : text
  return staysHere(written) ? pathOf(written) : paths.overview
}

function pathOf(written: string): string {
  const { pathname, search, hash } = new URL(written, somewhere)
  return pathname + search + hash
}

function staysHere(written: string): boolean {
  let decoded = written
  for (let times = 0; times < mostDecodings; times += 1) {
    if (!/^\/(?!\/)/.test(decoded) || misread.test(decoded)) return false
    const url = URL.parse(decoded, somewhere)
    if (url?.origin !== somewhere || url.pathname.startsWith("//")) return false
    const next = decodedPath(decoded)
    if (next === null) return false
    if (next === decoded) return true
    decoded = next
  }
  return false
}

/** The path decoded once, with what follows it as it is; null where it cannot be. */
function decodedPath(written: string): string | null {
  const [path = "", ...rest] = written.split(/(?=[?#])/)
  try {
    return decodeURIComponent(path) + rest.join("")
  } catch {
    return null
  }
}
