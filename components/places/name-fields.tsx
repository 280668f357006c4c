import { TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormErrors } from "@/components/places/use-form-errors"

type Names = { name: string; code: string }
type Props = {
  names: Names
  onChange: (change: Partial<Names>) => void
  errors: FormErrors
}

/** The name and the optional code of a merchant or region. */
export function NameFields({ names, onChange, errors }: Props) {
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
        error={errors.at("name")}
        data-autofocus
      />
      <TextInput
        label={t("code")}
        description={t("optional")}
        value={names.code}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
        maxLength={64}
        error={errors.at("code")}
      />
    </>
  )
}
