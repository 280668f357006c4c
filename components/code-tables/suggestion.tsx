import { Alert, Button, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { CodeDraft } from "@/components/code-tables/code-fields"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { useLanguage } from "@/components/ui/use-language"
import type { CodeSuggestion } from "@/lib/fleet/code-packs/schemas"

type Props = { suggestion: CodeSuggestion | null; onUse: (draft: CodeDraft) => void }

/** What other code tables say of a code that has no meaning yet. */
export function Suggestion({ suggestion, onUse }: Props) {
  const t = useTranslations("codeTables")
  const tAll = useTranslations()
  const tCause = useTranslations("causes")
  const language = useLanguage()
  if (suggestion === null)
    return (
      <Text size="sm" c="dimmed">
        {t("noSuggestion")}
      </Text>
    )
  const { agreeing, tables, ...meaning } = suggestion
  const { cause, subcause, meaning_en: en, meaning_zh: zh } = meaning
  return (
    <Alert color="teal">
      <Text size="sm">
        {t("suggested", {
          agreeing,
          tables,
          cause: tCause(cause),
          subcause: subcauseWith(subcause, tAll),
          meaning: language === "zh" ? zh || en : en,
        })}
      </Text>
      <Button size="compact-sm" mt="xs" variant="light" onClick={() => onUse(meaning)}>
        {t("useSuggestion")}
      </Button>
    </Alert>
  )
}
