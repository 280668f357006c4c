import type { LoggerInstance } from "next-auth"
import { log } from "@/lib/base/log/log"

const messageOf = (metadata: unknown): string | undefined => {
  if (metadata instanceof Error) return metadata.message
  return typeof metadata === "object" && metadata !== null && "error" in metadata
    ? messageOf(metadata.error)
    : undefined
}

/** next-auth's log in ours, without what it would add: the claims of who signs in. */
export const authLog: Partial<LoggerInstance> = {
  error: (code, metadata) => log.warn({ code, reason: messageOf(metadata) }, "a sign-in failed"),
  warn: (code) => log.debug({ code }, "next-auth warns"),
  debug: () => undefined,
}
