/** Normalises a text, so that equal words of a file have the same key. */
export const wordKey = (text: string): string => text.normalize("NFKC").trim().toLowerCase()
