import { paths } from "@/lib/base/paths"

// Any host works: a path resolves to it, and everything else resolves to another.
const somewhere = "http://tillwatch.invalid"
/** Browsers read a backslash as a slash, and drop some control characters. */
const misread = /[\p{C}\\]/u
const mostDecodings = 5

/**
 * Returns `text` as a path on this site, to redirect to after sign-in. Returns the first page if `text` is
 * not a path, or if it would lead to another host once decoded. `own` is this site's origin, which may
 * precede the path.
 */
export function ownPath(text: unknown, own?: string): string {
  if (typeof text !== "string") return paths.overview
  const written = own !== undefined && text.startsWith(`${own}/`) ? text.slice(own.length) : text
  return isOwnPath(written) ? pathOf(written) : paths.overview
}

function pathOf(written: string): string {
  const { pathname, search, hash } = new URL(written, somewhere)
  return pathname + search + hash
}

function isOwnPath(written: string): boolean {
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

/** Decodes the path once and leaves query and fragment unchanged. Returns null if it cannot be decoded. */
function decodedPath(written: string): string | null {
  const [path = "", ...rest] = written.split(/(?=[?#])/)
  try {
    return decodeURIComponent(path) + rest.join("")
  } catch {
    return null
  }
}
