import type { IncomingHttpHeaders } from "node:http"
import { isIP } from "node:net"

/** Anything else is no address and is not stored. */
function firstOf(header: string | null | undefined): string | null {
  const first = header?.split(",")[0]?.trim() ?? ""
  return isIP(first) === 0 ? null : first
}

/** The client's IP address. The web server writes it first, so clients cannot forge it. */
export const addressOf = (headers: Headers): string | null => firstOf(headers.get("x-forwarded-for"))

/** Like `addressOf`, from Node's headers. */
export const addressIn = ({ "x-forwarded-for": header }: IncomingHttpHeaders): string | null =>
  firstOf(Array.isArray(header) ? header[0] : header)
