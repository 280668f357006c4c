/** Texts, each kept once. */
export type DistinctTexts = {
  /** The same text, as it was kept first. */
  one(text: string): string
  numberOf(text: string): number
  textOf(number: number): string
}

/** The database sends a name again with every row. */
export function distinctTexts(): DistinctTexts {
  const texts: string[] = []
  const numbers = new Map<string, number>()
  const textOf = (number: number) => texts[number] ?? ""
  const numberOf = (text: string) => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, texts.length)
    return texts.push(text) - 1
  }
  return { one: (text) => textOf(numberOf(text)), numberOf, textOf }
}
