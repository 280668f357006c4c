import { wordClasses, type WordClass } from "@/lib/intake/imports/mapping/sale-words"

export type End = "approved" | "declined" | "failed" | "noHost"
export type Kind = "cancelled" | "reversed" | "refund"

/** What a status or a type says: how the transaction ended, and of what kind it was. */
export type Said = { end: End | null; kind: Kind | null; isNoSale: boolean }

const kinds: readonly WordClass[] = ["cancelled", "reversed", "refund"] satisfies Kind[]
const isKind = (word: WordClass): word is Kind => kinds.includes(word)

type Words = { said: Set<WordClass>; kinds: Kind[] }

/**
 * What words say behind a "not": not approved is a failure, not refunded is nothing; null for people to
 * decide.
 */
function contraryOf(word: WordClass): "failed" | "noHost" | "nothing" | null {
  if (word === "approved") return "failed"
  if (word === "answer") return "noHost"
  return isKind(word) ? "nothing" : null
}

/** The words that count, each "not" and the word that it turns taken as one; null where it turns none. */
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
    else found.said.add(word === "later" ? "approved" : word)
  }
  if (!isNegated) return found
  return found.said.has("pay") ? { ...found, said: found.said.add("failed") } : null
}

/** Undefined where the words contradict each other. */
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
  // Signing in, settlement and inquiries are known by the word for them alone.
  if (known.includes("noSale") && !known.includes("not")) return { end: null, kind: null, isNoSale: true }
  const found = known.length === words.length ? counted(known) : null
  const end = found ? endOf(found.said) : undefined
  if (!found || end === undefined) return null
  // The kind is the last of a compound and the first before an "of": 撤销冲正, the reversal of a void.
  const kind = (known.includes("of") ? found.kinds[0] : found.kinds.at(-1)) ?? null
  return { end, kind, isNoSale: false }
}

const clause = /[:：,，;；(（[【]|\s[-–—]\s/u

/**
 * What a text says of a transaction; null where it says nothing or holds a word that nobody knows. A failure
 * may have its reason behind it: "Declined: insufficient funds".
 */
export function readStatus(text: string): Said | null {
  const whole = readWhole(text)
  if (whole) return whole
  const head = text.split(clause)[0] ?? ""
  const said = head === text ? null : readWhole(head)
  return said && said.kind === null && said.end !== null && said.end !== "approved" ? said : null
}
