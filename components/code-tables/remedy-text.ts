import type { ReaderFormat } from "@/components/tables/columns"

/** What a code's remedies ask to do, in their order. */
export const remedyText = (remedy: string, t: ReaderFormat["t"]): string =>
  remedy
    .split(" ")
    .filter((word) => word !== "none")
    .map((word) => t(`diagnoses.doNow.${word}`))
    .join("; ")
