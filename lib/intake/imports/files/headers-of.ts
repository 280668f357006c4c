import { takePan } from "@/lib/base/text/pan"
import { cleanCell } from "@/lib/intake/imports/files/clean-cell"

export const unnamed = (column: number): string => `column ${column + 1}`

/** Gives every column a distinct name without card numbers. */
export function headersOf(row: string[], width: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, i) => {
    const plain =
      takePan(cleanCell(row[i] ?? ""))
        .text.slice(0, 100)
        .toWellFormed()
        .replaceAll("\0", "") || unnamed(i)
    let name = plain
    for (let again = 2; taken.has(name); again += 1) name = `${plain} (${again})`
    taken.add(name)
    return name
  })
}
