import { adapters, type Vendor } from "@/lib/intake/adapters/adapters"
import { defined, type Reading } from "@/lib/intake/adapters/reading"

/** The fields of a reading that are defined. */
export function readVendor(vendor: Vendor, answer: unknown): unknown[] {
  const adapter = adapters[vendor]
  return [...adapter.records(answer)].map((record) => {
    const shaped = adapter.schema.safeParse(record)
    if (!shaped.success) return shaped.error.issues[0]?.message
    const reading: Reading | string | null = adapter.read(shaped.data as never)
    if (reading === null || typeof reading === "string") return reading
    return {
      ...defined(reading.inventory),
      ...(reading.heartbeat ? { beat: defined(reading.heartbeat) } : {}),
      ...(reading.transaction ? { sale: defined(reading.transaction) } : {}),
    }
  })
}
