const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A path as the log may hold it: without the query, and without what may be a link's or a device's secret. */
export const loggable = (path: string): string =>
  path.split(/[?#]/, 1).join("").split("/").map((part) => (part.length >= 20 && !uuid.test(part) ? "…" : part)).join("/")
