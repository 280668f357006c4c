import type { ReaderFormat } from "@/components/tables/columns"

/** The name of a subcause. A code table of one's own may have others. */
export const subcauseWith = (subcause: string, t: ReaderFormat["t"]): string =>
  t.has(`subcauses.${subcause}`) ? t(`subcauses.${subcause}`) : subcause
