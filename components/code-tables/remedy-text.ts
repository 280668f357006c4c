import type { ReaderFormat } from "@/components/tables/columns"

/** The words of a code's remedies, in their order. */
export const remedyWords = (remedy: string): string[] => remedy.split(" ").filter((word) => word !== "none")

/** What a code's remedies ask to do. */
export const remedyText = (remedy: string, t: ReaderFormat["t"]): string =>
  remedyWords(remedy)
    .map((word) => t(`diagnoses.doNow.${word}`))
    .join(" · ")
