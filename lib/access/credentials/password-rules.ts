export const shortestPassword = 12
export const longestPassword = 200
/** So much must remain of a password once its owner's own words are taken out of it. */
const shortestRest = 8
const shortestWord = 3

export type Owner = { email: string; name: string }
export type Weakness = "tooShort" | "tooLong" | "common" | "personal"

/** One spelling of what looks the same: keyboards differ in how they compose é. */
export const normalised = (password: string): string => password.normalize("NFC")

const lengthOf = (text: string): number => [...text].length

/**
 * Why a password is too weak; null where it is not. Length and not being guessed first count, not
 * composition.
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

/** Long words first: an address holds its local part. */
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

/** A common password, also with digits and signs before or after it, or one short piece over and over. */
const isCommon = (plain: string, common: ReadonlySet<string>): boolean =>
  common.has(plain) || common.has(plain.replace(decoration, "")) || repeated.test(plain)
