import type { LoggerInstance } from "next-auth"
import { log } from "@/lib/base/log/log"

const messageOf = (metadata: unknown): string | undefined => {
  if (metadata instanceof Error) return metadata.message
  return typeof metadata === "object" && metadata !== null && "error" in metadata
    ? messageOf(metadata.error)
    : undefined
}

/** Writes next-auth's log lines to our log, without the user's claims. */
export const authLog: Partial<LoggerInstance> = {
  error: (code, metadata) => log.warn({ code, reason: messageOf(metadata) }, "a sign-in failed"),
  warn: (code) => log.debug({ code }, "next-auth warns"),
  debug: () => undefined,
}
