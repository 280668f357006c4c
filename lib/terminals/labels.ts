export const mostLabels = 20
export const longestLabel = 40

/** What is printed on a device. `d` draws the terminal's address as a QR code, a unit a module; `size` is how many units it is wide. */
export type TerminalLabel = { id: number; serial: string; tid: string | null; store: string; qr: { size: number; d: string } }

/** Labels with some more and some less: each once, in order. */
export const relabelled = (labels: readonly string[], { add, remove }: { add: readonly string[]; remove: readonly string[] }): string[] =>
  [...new Set([...labels.filter((label) => !remove.includes(label)), ...add])].toSorted()
