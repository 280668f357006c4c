import { wordClasses, type WordClass } from "@/lib/intake/imports/mapping/sale-words"

export type End = "approved" | "declined" | "failed" | "noHost"
export type Kind = "cancelled" | "reversed" | "refund"

/** The meaning of a status or a type: how the transaction ended, and its kind. */
export type Said = { end: End | null; kind: Kind | null; isNoSale: boolean }

const kinds: readonly WordClass[] = ["cancelled", "reversed", "refund"] satisfies Kind[]
const isKind = (word: WordClass): word is Kind => kinds.includes(word)

type Words = { said: Set<WordClass>; kinds: Kind[] }

/**
 * The meaning of words after a "not": not approved is a failure, not refunded means nothing. Null if the user
 * must decide.
 */
function contraryOf(word: WordClass): "failed" | "noHost" | "nothing" | null {
  if (word === "approved") return "failed"
  if (word === "answer") return "noHost"
  return isKind(word) ? "nothing" : null
}

/** The words that count, with each "not" joined to the word that it negates; null if it negates none. */
function counted(words: readonly WordClass[]): Words | null {
  const found: Words = { said: new Set(), kinds: [] }
  let isNegated = false
  for (const word of words) {
    if (word === "plain" || word === "of") continue
    if (word === "not") {
      if (isNegated) return null
      isNegated = true
    } else if (word === "pay" || word === "already") found.said.add(word)
    else if (isNegated) {
      const contrary = contraryOf(word)
      if (contrary === null) return null
      if (contrary !== "nothing") found.said.add(contrary)
      isNegated = false
    } else if (isKind(word)) found.kinds.push(word)
    else found.said.add(word)
  }
  if (!isNegated) return found
  return found.said.has("pay") ? { ...found, said: found.said.add("failed") } : null
}

/** Undefined if the words contradict each other. */
function endOf(said: ReadonlySet<WordClass>): End | null | undefined {
  const isFailed = said.has("failed") || said.has("declined") || said.has("noHost")
  if (said.has("approved")) return isFailed ? undefined : "approved"
  if (said.has("noHost") || (said.has("line") && said.has("failed"))) return "noHost"
  if (isFailed) return said.has("declined") ? "declined" : "failed"
  return said.has("pay") && said.has("already") ? "approved" : null
}

function readWhole(text: string): Said | null {
  const words = wordClasses(text)
  if (words.length === 0) return null
  const known = words.filter((word) => word !== null)
  // Sign-ins, settlements and inquiries are recognised by their own word only.
  if (known.includes("noSale")) return { end: null, kind: null, isNoSale: true }
  const found = known.length === words.length ? counted(known) : null
  const end = found ? endOf(found.said) : undefined
  if (!found || end === undefined) return null
  // The kind is the last word of a compound and the first before an "of": 撤销冲正, the reversal of a void.
  const kind = (known.includes("of") ? found.kinds[0] : found.kinds.at(-1)) ?? null
  return { end, kind, isNoSale: false }
}

const clause = /[:：,，;；(（[【]|\s[-–—]\s/u

/**
 * The meaning of a text about a transaction; null if it has none or has an unknown word. A failure may be
 * followed by its reason: "Declined: insufficient funds".
 */
export function readStatus(text: string): Said | null {
  const whole = readWhole(text)
  if (whole) return whole
  const head = text.split(clause)[0] ?? ""
  const said = head === text ? null : readWhole(head)
  return said && said.kind === null && said.end !== null && said.end !== "approved" ? said : null
}
