import type { Flag } from "@/lib/insight/flags/schemas"

/** The message of what to do. Tampering has its own. */
export const adviceOf = ({ reasons, rule }: Flag) =>
  reasons.some(({ code }) => code === "tamper") ? "tamper" : rule
