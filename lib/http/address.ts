/** Where a request came from: the web server puts it first, whatever the client said. */
export const addressOf = (headers: Headers): string | null => headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null
