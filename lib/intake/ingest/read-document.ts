import { TokenParser, TokenType, type ParsedTokenInfo } from "@streamparser/json"
import { AppError } from "@/lib/base/errors"
import { ExactTokenizer, isCloser, isOpener } from "@/lib/base/text/exact-tokenizer"

const deepest = 64
/** A longer record is not written out again: only 64 KiB of it would be stored. */
const longestValue = 1024 * 1024

const closerOf = (opener: TokenType) =>
  opener === TokenType.LEFT_BRACE
    ? ({ token: TokenType.RIGHT_BRACE, value: "}" } as const)
    : ({ token: TokenType.RIGHT_BRACKET, value: "]" } as const)

/** The position in a document. */
class Position {
  readonly #envelope: string
  /** The open objects and lists: the document, its list of records, and those of the current record. */
  readonly open: TokenType[] = []
  hasEnvelope = false
  inEnvelope = false
  #member: unknown = null

  constructor(envelope: string) {
    this.#envelope = envelope
  }

  /** The number of open objects and lists of a record. */
  get depth(): number {
    return this.inEnvelope ? this.open.length - 2 : 0
  }

  move(type: TokenType, value: unknown): void {
    if (isOpener(type)) {
      const isOfObject = this.open.length === 1 && this.open[0] === TokenType.LEFT_BRACE
      if (isOfObject && this.#member === this.#envelope && type === TokenType.LEFT_BRACKET)
        this.hasEnvelope = this.inEnvelope = true
      this.open.push(type)
    } else if (isCloser(type)) {
      this.open.pop()
      if (this.open.length === 1) this.inEnvelope = false
    } else if (type === TokenType.STRING && this.open.length === 1) this.#member = value
  }
}

/**
 * Passes a document's tokens to its parser, and ends records early that are nested too deeply or too long.
 */
class TokenFilter {
  readonly position: Position
  #wasCut = false
  readonly #tokenizer: ExactTokenizer
  readonly #parser: TokenParser
  #begunAt = 0
  #readTo = 0
  #isSkipping = false

  constructor(envelope: string, tokenizer: ExactTokenizer, parser: TokenParser) {
    this.position = new Position(envelope)
    this.#tokenizer = tokenizer
    this.#parser = parser
  }

  /** Whether the current record is too long or too deep to be stored. Resets when read. */
  takeUnreadable(): boolean {
    const isUnreadable = this.#wasCut || this.#readTo - this.#begunAt > longestValue
    this.#wasCut = false
    return isUnreadable
  }

  pass(token: ParsedTokenInfo): void {
    const { token: type, offset } = token
    const isInside = this.position.depth > 0
    this.#readTo = offset
    this.position.move(type, token.value)
    const { depth } = this.position
    if (this.#isSkipping) this.#isSkipping = depth > 0
    else {
      if (!isInside) this.#begunAt = offset
      const isTooMuch = depth > deepest || offset - this.#begunAt > longestValue
      if (depth > 0 && isTooMuch && (isOpener(type) || type === TokenType.COMMA)) this.#cut(type)
      else this.#parser.write(this.#tokenizer.exact(token))
    }
  }

  /** Closes the current record: its parser returns it, and the rest of it is skipped. */
  #cut(type: TokenType): void {
    this.#isSkipping = true
    this.#wasCut = true
    const open = this.position.open.slice(2)
    if (isOpener(type)) {
      open.pop()
      this.#parser.write({ token: TokenType.NULL, value: null })
    }
    for (const opener of open.toReversed()) this.#parser.write(closerOf(opener))
  }
}

/**
 * Reads the records of `{"heartbeats": [...]}` chunk by chunk, without keeping those that were passed on.
 * Numbers that would lose digits become text. `null` is a record that is nested too deeply or far too
 * long.
 */
export async function* readDocument(
  bytes: AsyncIterable<Uint8Array>,
  envelope: string,
): AsyncGenerator<unknown[]> {
  const broken = () => new AppError("invalid", `The body is not a JSON document with {"${envelope}": [...]}.`)
  const tokenizer = new ExactTokenizer()
  const parser = new TokenParser({ paths: [`$.${envelope}.*`], keepStack: false })
  const filter = new TokenFilter(envelope, tokenizer, parser)
  let found: unknown[] = []

  tokenizer.onToken = (token) => filter.pass(token)
  parser.onValue = ({ value }) => {
    if (filter.position.inEnvelope) found.push(filter.takeUnreadable() ? null : value)
  }
  parser.onEnd = () => {
    if (!tokenizer.isEnded) tokenizer.end()
  }
  parser.onError = (error) => tokenizer.error(error)
  tokenizer.onError = () => {
    throw broken()
  }

  for await (const chunk of bytes) {
    try {
      tokenizer.write(chunk)
    } catch {
      throw broken()
    }
    if (found.length > 0) yield found
    found = []
  }
  if (!parser.isEnded || !filter.position.hasEnvelope) throw broken()
}
