import { takePan } from "@/lib/base/text/pan"

/** A number with fewer digits after the point cannot be a whole card number. */
const longEnough = 12

/** The digits of a number with an exponent, if it has most of them; otherwise the text itself. */
export function expanded(text: string): string {
  const match = /^(\d)\.(\d+)E\+(\d{1,2})$/i.exec(text)
  const [, first = "", rest = "", exponent = "0"] = match ?? []
  return match && rest.length >= longEnough && Number(exponent) >= rest.length
    ? first + rest.padEnd(Number(exponent), "0")
    : text
}

/** A workbook may show a card number with an exponent. */
export function takeCard(text: string): { text: string; pan: string | null } {
  const plain = expanded(text)
  const taken = takePan(plain)
  return taken.pan === null && plain !== text ? { text, pan: null } : taken
}
