import type { Qr } from "@/lib/base/qr"

export const mostLabels = 20
export const longestLabel = 40

/** A label to print. `qr` encodes the terminal's help link, or the address of its page if it has none. */
export type TerminalLabel = {
  id: number
  serial: string
  tid: string | null
  store: string
  qr: Qr
  hasHelpLink: boolean
}

/** Adds and removes labels. Each label occurs once, sorted. */
export const changedLabels = (
  labels: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): string[] => [...new Set([...labels.filter((label) => !remove.includes(label)), ...add])].toSorted()
