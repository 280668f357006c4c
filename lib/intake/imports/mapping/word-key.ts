/** A text as the words of a file are told apart. */
export const wordKey = (text: string): string => text.normalize("NFKC").trim().toLowerCase()
