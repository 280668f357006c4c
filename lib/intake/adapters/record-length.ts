const longestRecord = 64 * 1024

/**
 * The least length of a value as JSON. Stops above `most`: one record can have all 16 MiB of a body.
 */
function leastLength(value: unknown, most = longestRecord): number {
  if (typeof value === "string") return value.length + 2
  if (typeof value !== "object" || value === null) return 1
  let length = 2
  if (Array.isArray(value)) {
    for (const one of value) {
      if (length > most) break
      length += 1 + leastLength(one, most - length)
    }
    return length
  }
  for (const [name, one] of Object.entries(value)) {
    if (length > most) break
    length += name.length + 4 + leastLength(one, most - length)
  }
  return length
}

/** Whether a record is too long to be read or kept. */
export const isTooLong = (value: unknown): boolean => leastLength(value) > longestRecord
