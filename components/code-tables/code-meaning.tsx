import { useLanguage } from "@/components/ui/use-language"

/** What a code means, in the reader's language; in English where the code table says it in no other. */
export function Meaning({ en, zh }: { en: string | null; zh: string | null }) {
  if (useLanguage() !== "zh") return en
  return zh || <span lang="en">{en}</span>
}
