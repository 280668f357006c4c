import { Tokenizer, TokenParser, TokenType } from "@streamparser/json"
import { AppError } from "@/lib/base/errors"
import { isLongNumber } from "@/lib/intake/ingest/exact-json"

const deepest = 64

// A number too long for a double would lose digits, and with them the look of a card number.
class ExactTokenizer extends Tokenizer {
  source = ""
  protected override parseNumber(source: string): number {
    this.source = source
    return super.parseNumber(source)
  }
}

/**
 * Reads the records of `{"heartbeats": [...]}` chunk by chunk; a record is forgotten once it is handed on,
 * and all else is never kept. Whole numbers of more than 15 digits come as text. `null` stands for a
 * record nested too deeply.
 */
export async function* readDocument(
  bytes: AsyncIterable<Uint8Array>,
  envelope: string,
): AsyncGenerator<unknown[]> {
  const broken = () => new AppError("invalid", `The body is not a JSON document with {"${envelope}": [...]}.`)
  const tokenizer = new ExactTokenizer()
  const parser = new TokenParser({ paths: [`$.${envelope}.*`], keepStack: false })
  let depth = 0
  let isObject = false
  let member: unknown = null
  let hasEnvelope = false
  let inEnvelope = false
  let isTooDeep = false
  let found: unknown[] = []

  tokenizer.onToken = (token) => {
    const type = token.token
    if (type === TokenType.LEFT_BRACE || type === TokenType.LEFT_BRACKET) {
      if (depth === 0) isObject = type === TokenType.LEFT_BRACE
      if (isObject && depth === 1 && member === envelope && type === TokenType.LEFT_BRACKET)
        hasEnvelope = inEnvelope = true
      depth += 1
      if (inEnvelope && depth > deepest) isTooDeep = true
    } else if (type === TokenType.RIGHT_BRACE || type === TokenType.RIGHT_BRACKET) {
      depth -= 1
      if (depth === 1) inEnvelope = false
    } else if (type === TokenType.STRING && depth === 1) {
      member = token.value
    } else if (type === TokenType.NUMBER && isLongNumber(tokenizer.source)) {
      parser.write({ token: TokenType.STRING, value: tokenizer.source })
      return
    }
    parser.write(token)
  }
  parser.onValue = ({ value }) => {
    if (inEnvelope) found.push(isTooDeep ? null : value)
    isTooDeep = false
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
  if (!parser.isEnded || !hasEnvelope) throw broken()
}
