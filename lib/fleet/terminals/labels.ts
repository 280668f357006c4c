import type { Qr } from "@/lib/base/qr"

export const mostLabels = 20
export const longestLabel = 40

/** What is printed on a device; `qr` is its page's address. */
export type TerminalLabel = { id: number; serial: string; tid: string | null; store: string; qr: Qr }

/** Labels with some more and some less: each once, in order. */
export const relabelled = (
  labels: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): string[] => [...new Set([...labels.filter((label) => !remove.includes(label)), ...add])].toSorted()
