import { TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { useRefused } from "@/components/places/use-refused"

type Names = { name: string; code: string }
type Props = {
  names: Names
  onChange: (change: Partial<Names>) => void
  refused: ReturnType<typeof useRefused>
}

/** The name and the optional code of a merchant or region. */
export function NameFields({ names, onChange, refused }: Props) {
  const t = useTranslations("places")
  return (
    <>
      <TextInput
        label={t("name")}
        value={names.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        maxLength={200}
        required
        withAsterisk={false}
        error={refused.at("name")}
        data-autofocus
      />
      <TextInput
        label={t("code")}
        description={t("optional")}
        value={names.code}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
        maxLength={64}
        error={refused.at("code")}
      />
    </>
  )
}
