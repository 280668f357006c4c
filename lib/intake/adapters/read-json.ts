import { TokenParser, TokenType, type ParsedTokenInfo } from "@streamparser/json"
import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import { ExactTokenizer, isCloser, isOpener } from "@/lib/intake/ingest/exact-tokenizer"
import { mostRecords } from "@/lib/intake/ingest/read-records"

const pieceLength = 16 * 1024
/** No vendor nests its values this deeply. What is nested deeper is not read. */
const deepest = 64
/** Stands for what is nested too deeply. */
const tooDeep = "nested too deeply"

/** Passes tokens to a parser up to a depth. Throws if a list or an object has too many members. */
class TokenLimits {
  readonly #tokenizer: ExactTokenizer
  readonly #parser: TokenParser
  /** The number of members of each open list and object. */
  readonly #members: number[] = []

  constructor(tokenizer: ExactTokenizer, parser: TokenParser) {
    this.#tokenizer = tokenizer
    this.#parser = parser
  }

  pass(token: ParsedTokenInfo): void {
    const { token: type } = token
    if (isOpener(type)) {
      this.#members.push(1)
      if (this.#members.length === deepest + 1)
        this.#parser.write({ token: TokenType.STRING, value: tooDeep })
    }
    if (type === TokenType.COMMA) this.#count()
    if (this.#members.length <= deepest) this.#parser.write(this.#tokenizer.exact(token))
    if (isCloser(type)) this.#members.pop()
  }

  #count(): void {
    const innermost = this.#members.length - 1
    const members = (this.#members[innermost] ?? 0) + 1
    if (members > mostRecords)
      throw new AppError("too_large", "More than 50,000 records: send them in parts.")
    this.#members[innermost] = members
  }
}

/**
 * The value of a JSON text, or undefined if it is not JSON. It is read in pieces, so that a long text does
 * not block other requests. Numbers that would lose digits of an id or a card number become text.
 */
export async function readJson(text: string): Promise<unknown> {
  const tokenizer = new ExactTokenizer()
  const parser = new TokenParser({ paths: ["$"] })
  const limits = new TokenLimits(tokenizer, parser)
  const pace = new Pace()
  let value: unknown
  tokenizer.onToken = (token) => limits.pass(token)
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
