import fc from "fast-check"

/** Zones with odd offsets, with clocks that change, and at both ends of the day. */
export const anyZone = fc.constantFrom(
  "UTC",
  "Asia/Shanghai",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Pago_Pago",
  "Pacific/Kiritimati",
)

export const anyInstant = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2035-01-01") })
