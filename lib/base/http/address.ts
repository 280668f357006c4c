import type { IncomingHttpHeaders } from "node:http"

const firstOf = (told: string | null | undefined): string | null => told?.split(",")[0]?.trim() || null

/** Where a request came from: the web server puts it first, whatever the client said. */
export const addressOf = (headers: Headers): string | null => firstOf(headers.get("x-forwarded-for"))

/** The same, out of Node's headers. */
export const addressIn = ({ "x-forwarded-for": told }: IncomingHttpHeaders): string | null =>
  firstOf(Array.isArray(told) ? told[0] : told)
