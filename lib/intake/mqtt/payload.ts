type Body = { body: Buffer; contentType: "application/json" | "application/x-ndjson" }

/** A message as an upload: one record, an array of them, one a line, or the JSON envelope. What is none of them is for ingest to refuse and keep. */
export function uploadBody(message: Buffer, envelope: string): Body {
  const value = parsed(message.toString("utf8"))
  if (Array.isArray(value))
    return {
      body: Buffer.from(value.map((record: unknown) => JSON.stringify(record)).join("\n")),
      contentType: "application/x-ndjson",
    }
  if (typeof value === "object" && value !== null) {
    if (Array.isArray((value as Record<string, unknown>)[envelope]))
      return { body: message, contentType: "application/json" }
    // One record may be written over several lines.
    return {
      body: message.includes("\n") ? Buffer.from(JSON.stringify(value)) : message,
      contentType: "application/x-ndjson",
    }
  }
  return { body: message, contentType: "application/x-ndjson" }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
