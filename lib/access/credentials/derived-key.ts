import { hkdfSync } from "node:crypto"
import { sessionSecret } from "@/lib/base/env"

/** Derives a key for one purpose from NEXTAUTH_SECRET. Derived keys reveal nothing about each other. */
export const derivedKey = (purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", sessionSecret(), "", `tillwatch ${purpose}`, 32))
