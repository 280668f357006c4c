import type { Kind } from "@/lib/fleet/code-packs/kind"

/** How often presentments fail before any sale has taught the reference. */
export const shippedRates: Readonly<Record<Kind, number>> = {
  issuer: 0.04,
  user: 0.01,
  tech: 0.005,
  chip: 0.012,
  contactless: 0.006,
  magstripe: 0.02,
  keys: 0.0002,
  pin: 0.003,
  expired: 0.002,
}
