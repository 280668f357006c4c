import { hkdfSync } from "node:crypto"
import { sessionSecret } from "@/lib/base/env"

/** A key for one purpose, made of NEXTAUTH_SECRET: what one of them does tells nothing of the others. */
export const derivedKey = (purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", sessionSecret(), "", `tillwatch ${purpose}`, 32))
