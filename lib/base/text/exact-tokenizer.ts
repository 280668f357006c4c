import { Tokenizer, TokenType, type ParsedTokenInfo } from "@streamparser/json"
import { isKeptAsText } from "@/lib/base/text/exact-json"

export const isOpener = (type: TokenType) => type === TokenType.LEFT_BRACE || type === TokenType.LEFT_BRACKET
export const isCloser = (type: TokenType) =>
  type === TokenType.RIGHT_BRACE || type === TokenType.RIGHT_BRACKET

/** Reads JSON in pieces. Like `parseExact`, it keeps the digits of long numbers. */
export class ExactTokenizer extends Tokenizer {
  #source = ""

  protected override parseNumber(source: string): number {
    this.#source = source
    return super.parseNumber(source)
  }

  /** The token, or the text of a number that would lose digits. Called for each token as it is read. */
  exact(token: ParsedTokenInfo): Omit<ParsedTokenInfo, "offset"> {
    return token.token === TokenType.NUMBER && isKeptAsText(this.#source)
      ? { token: TokenType.STRING, value: this.#source }
      : token
  }
}
