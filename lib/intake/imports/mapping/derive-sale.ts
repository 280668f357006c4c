import type { CodeMeaning } from "@/lib/intake/codes/code-book"
import { readStatus, type Kind, type Said } from "@/lib/intake/imports/mapping/read-status"
import { wordKey } from "@/lib/intake/imports/mapping/word-key"
import type { CodeMeaningWord, SaleWord } from "@/lib/intake/imports/words"
import { outcomes, type Outcome } from "@/lib/intake/transactions/schemas"

/** A row's texts about the outcome of a sale. */
export type SaleCells = {
  /** The contract's own word for the outcome, if the row has one. */
  outcome: Outcome | null
  status: string
  type: string
  /** The meaning of the code; null if there is none. */
  meaning: CodeMeaning | null
  /** What the profile says that the code means if no code table has it. */
  unmapped?: CodeMeaningWord | undefined
  /** What the profile says that words of this file mean, by `wordKey`. */
  words: Readonly<Record<string, SaleWord>>
}

/**
 * `reversed` needs the transaction that it reverses; `isRefund` makes the amount negative. Without an
 * outcome, the sale waits for its code to be mapped.
 */
export type Derived =
  | { outcome: Outcome | null; isRefund: boolean }
  | { unknown: "status" | "code" | "unmapped" | "type" | "skipped" }

const given: Record<Exclude<SaleWord, "skip">, Said> = {
  approved: { end: "approved", kind: null, isNoSale: false },
  declined: { end: "declined", kind: null, isNoSale: false },
  failed: { end: "noHost", kind: null, isNoSale: false },
  cancelled: { end: null, kind: "cancelled", isNoSale: false },
  reversed: { end: null, kind: "reversed", isNoSale: false },
  refund: { end: null, kind: "refund", isNoSale: false },
}

/** The meaning of a status or a type. The profile's words take precedence. */
function saidBy(text: string, words: SaleCells["words"]): Said | "skip" | null {
  const key = wordKey(text)
  const own = Object.hasOwn(words, key) ? words[key] : undefined
  if (own !== undefined) return own === "skip" ? "skip" : given[own]
  return readStatus(text)
}

type Asked = { words: SaleCells["words"]; of: "status" | "type"; hasCode: boolean }

/** Whether a text can decide the outcome. A number cannot if there may be a code. */
export function isKnownWord(text: string, { words, of, hasCode }: Asked): boolean {
  if (outcomes.some((one) => one === text)) return true
  const said = saidBy(text, words)
  if (said === "skip") return true
  const isNumber = !/\p{L}/u.test(text)
  if (of === "type") return said !== null || isNumber
  return (
    (said !== null && (said.end !== null || said.kind !== null || said.isNoSale)) || (isNumber && hasCode)
  )
}

/**
 * The outcome of a sale by its status, code and type. The code table decides between approved and declined; a
 * code for a decline takes precedence over a status that says success. Status and type decide reversals,
 * voids and refunds. A failure without a code has no decision by a host.
 */
export function deriveSale({ outcome, status, type, meaning, unmapped, words }: SaleCells): Derived {
  const ofType = type === "" ? null : saidBy(type, words)
  const ofStatus = status === "" ? null : saidBy(status, words)
  if (ofType === "skip" || ofStatus === "skip") return { unknown: "skipped" }
  if (ofType?.isNoSale) return { unknown: "type" }
  const kind = ofStatus?.kind ?? ofType?.kind ?? null
  const isRefund = kind === "refund"
  if (outcome !== null && outcome !== "approved") return { outcome, isRefund }
  if (outcome === "approved") return { outcome: approvedOf(kind), isRefund }

  if (ofStatus !== null && (ofStatus.end !== null || ofStatus.kind !== null))
    return { outcome: outcomeBy(ofStatus.end, kind, meaning), isRefund }
  const code = meaning === "unmapped" ? (unmapped ?? "quarantine") : meaning
  // If the status is an unknown number and the code is known, the code decides.
  const isLeftToCode = status === "" || (!/\p{L}/u.test(status) && code !== null && code !== "quarantine")
  if (!isLeftToCode) return { unknown: "status" }
  return outcomeByCode(code, { kind, isRefund })
}

function outcomeByCode(
  code: "refused" | CodeMeaningWord | null,
  { kind, isRefund }: { kind: Kind | null; isRefund: boolean },
): Derived {
  switch (code) {
    case null:
      return { unknown: "code" }
    case "approved":
      return { outcome: approvedOf(kind), isRefund }
    case "refused":
    case "declined":
      return { outcome: "declined", isRefund }
    case "failed":
      return { outcome: "failed", isRefund }
    case "quarantine":
      // A code alone cannot tell later that it was a void or a reversal.
      return kind === null || isRefund ? { outcome: null, isRefund } : { unknown: "unmapped" }
  }
}

// A refused reversal or void changes nothing.
const approvedOf = (kind: Kind | null): Outcome =>
  kind === "cancelled" || kind === "reversed" ? kind : "approved"

function outcomeBy(end: Said["end"], kind: Kind | null, meaning: CodeMeaning | null): Outcome {
  switch (end) {
    case null:
      return approvedOf(kind)
    case "approved":
      return meaning === "refused" ? "declined" : approvedOf(kind)
    case "noHost":
      return "failed"
    case "declined":
      return "declined"
    case "failed":
      return meaning === null || meaning === "approved" ? "failed" : "declined"
  }
}
