/** Excel's limit on the text of a cell. */
const longestText = 32_767

/** Collects the text of a shared string or a cell: all runs except the phonetic ones. */
export class StringText {
  #text = ""
  #isOpen = false
  #isPhonetic = false

  reset(): void {
    this.#text = ""
    this.#isOpen = false
    this.#isPhonetic = false
  }

  open(name: string): void {
    if (name === "rPh") this.#isPhonetic = true
    else if (name === "v" || name === "t") this.#isOpen = !this.#isPhonetic
  }

  add(text: string): void {
    if (this.#isOpen && this.#text.length < longestText) this.#text += text
  }

  close(name: string): void {
    if (name === "rPh") this.#isPhonetic = false
    else if (name === "v" || name === "t") this.#isOpen = false
  }

  /** The raw text of the file. */
  get plain(): string {
    return this.#text
  }

  /** The text with characters that XML cannot contain, which are written as `_x000D_`. */
  get unescaped(): string {
    if (!this.#text.includes("_x")) return this.#text
    return this.#text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
  }
}
