import { asciiKinds, dropped, other } from "@/lib/base/text/card-characters"
import { fewestDigits } from "@/lib/base/text/card-ranges"

/**
 * Whether bytes of ASCII have a row of at least twelve digits, and the separators that may be between them.
 * Only such a row can hold a card number. Like `holdsPan`, it looks at every twelfth character first, which a
 * row cannot avoid. It is apart from it because a body's bytes are looked at before they become texts.
 */
export function holdsLongRow(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from + fewestDigits - 1; at < to; at += fewestDigits) {
    if (kindAt(bytes, at) === other) continue
    let [start, end, digits] = [at, at, 0]
    while (start > from && kindAt(bytes, start - 1) !== other) start -= 1
    while (end < to && kindAt(bytes, end) !== other) end += 1
    for (let place = start; place < end; place += 1) if (kindAt(bytes, place) < dropped) digits += 1
    if (digits >= fewestDigits) return true
    at = end - 1
  }
  return false
}

const kindAt = (bytes: Uint8Array, at: number): number => asciiKinds[bytes[at] as number] as number
