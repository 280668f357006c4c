import { TokenParser, TokenType, type ParsedTokenInfo } from "@streamparser/json"
import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import { ExactTokenizer, isCloser, isOpener } from "@/lib/base/text/exact-tokenizer"

const pieceLength = 16 * 1024
/** No value that anybody needs is nested this deeply. */
const deepest = 64
/** Stands for what is nested too deeply. */
const tooDeep = "nested too deeply"

export type JsonLimits = {
  /** The most members of one list or object. */
  members?: number
  /** The most values in all. */
  values?: number
  /** The longest text. */
  text?: number
  /** What to do with values that are nested too deeply: refuse the whole, or leave them out. */
  deep: "refuse" | "leave out"
  tooMany: string
}

/** Passes tokens to a parser as far as the limits allow. */
class TokenLimits {
  readonly #tokenizer: ExactTokenizer
  readonly #parser: TokenParser
  readonly #limits: JsonLimits
  /** The number of members of each open list and object. */
  readonly #members: number[] = []
  #values = 0

  constructor(tokenizer: ExactTokenizer, parser: TokenParser, limits: JsonLimits) {
    this.#tokenizer = tokenizer
    this.#parser = parser
    this.#limits = limits
  }

  pass(token: ParsedTokenInfo): void {
    const { token: type, value } = token
    if (isOpener(type)) this.#open()
    if (type === TokenType.COMMA) this.#count()
    if (typeof value === "string" && value.length > (this.#limits.text ?? Number.POSITIVE_INFINITY))
      throw new AppError("too_large", `A text in the body is longer than ${this.#limits.text} characters.`)
    if (this.#members.length <= deepest) this.#parser.write(this.#tokenizer.exact(token))
    if (isCloser(type)) this.#members.pop()
  }

  #open(): void {
    this.#members.push(0)
    this.#count()
    if (this.#members.length !== deepest + 1) return
    if (this.#limits.deep === "refuse") throw new AppError("invalid", "The body is nested too deeply.")
    this.#parser.write({ token: TokenType.STRING, value: tooDeep })
  }

  #count(): void {
    const { members = Number.POSITIVE_INFINITY, values = Number.POSITIVE_INFINITY, tooMany } = this.#limits
    const innermost = this.#members.length - 1
    const count = (this.#members[innermost] ?? 0) + 1
    this.#values += 1
    if (count > members || this.#values > values) throw new AppError("too_large", tooMany)
    this.#members[innermost] = count
  }
}

/**
 * The value of a JSON text, or undefined if it is not JSON. It is read in pieces, so that a long text does
 * not block other requests. Numbers that would lose digits of an id or a card number become text.
 */
export async function parseJson(text: string, limits: JsonLimits): Promise<unknown> {
  const tokenizer = new ExactTokenizer()
  const parser = new TokenParser({ paths: ["$"] })
  const tokens = new TokenLimits(tokenizer, parser, limits)
  const pace = new Pace()
  let value: unknown
  tokenizer.onToken = (token) => tokens.pass(token)
  parser.onValue = (read) => (value = read.value)
  // More text after the value is an error only once the tokenizer has ended.
  parser.onEnd = () => void (tokenizer.isEnded || tokenizer.end())
  const bytes = Buffer.from(text)
  try {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      tokenizer.write(bytes.subarray(at, at + pieceLength))
      if (pace.isDue) await pace.giveWay()
    }
    // A number alone ends with the text.
    if (!tokenizer.isEnded) tokenizer.end()
    return value
  } catch (error) {
    if (error instanceof AppError) throw error
    return undefined
  }
}
