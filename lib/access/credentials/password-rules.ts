export const shortestPassword = 12
export const longestPassword = 200
/** How many characters must remain when the owner's name and email are removed. */
const shortestRest = 8
const shortestWord = 3

export type Owner = { email: string; name: string }
export type Weakness = "tooShort" | "tooLong" | "common" | "personal"

/** Keyboards differ in how they compose letters such as é. */
export const normalised = (password: string): string => password.normalize("NFC")

const lengthOf = (text: string): number => [...text].length

/**
 * Why a password is too weak, or null. Checks length and how easy it is to guess, not its kinds of
 * characters.
 */
export function weaknessOf(password: string, owner: Owner, common: ReadonlySet<string>): Weakness | null {
  const text = normalised(password)
  if (lengthOf(text) < shortestPassword) return "tooShort"
  if (lengthOf(text) > longestPassword) return "tooLong"
  const plain = text.toLowerCase()
  const rest = wordsOf(owner).reduce((left, word) => left.replaceAll(word, ""), plain)
  if (rest !== plain && lengthOf(rest) < shortestRest) return "personal"
  return isCommon(plain, common) || isCommon(rest, common) ? "common" : null
}

/** Longest first, because an email contains its local part. */
const wordsOf = ({ email, name }: Owner): string[] => {
  const address = email.toLowerCase()
  const [local = "", domain = ""] = address.split("@")
  const words = [
    address,
    local,
    domain,
    normalised(name).toLowerCase(),
    ...normalised(name).toLowerCase().split(/\s+/),
    "tillwatch",
    "till watch",
  ]
  return words.filter((word) => lengthOf(word) >= shortestWord).toSorted((a, b) => b.length - a.length)
}

const repeated = /^(.{1,6}?)\1+.{0,5}$/u
const decoration = /^[^\p{L}]+|[^\p{L}]+$/gu

/** A common password, also with digits or signs around it, or one short piece repeated. */
const isCommon = (plain: string, common: ReadonlySet<string>): boolean =>
  common.has(plain) || common.has(plain.replace(decoration, "")) || repeated.test(plain)
