import { TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormErrors } from "@/components/places/use-form-errors"

type Names = { name: string; code: string }
type Props = {
  names: Names
  /** A code that is fixed can be seen only. */
  code?: "optional" | "required" | "fixed"
  onChange: (change: Partial<Names>) => void
  errors: FormErrors
}

/** The name and the code of a merchant, region or store. */
export function NameFields({ names, code = "optional", onChange, errors }: Props) {
  const t = useTranslations("places")
  const tCommon = useTranslations("common")
  return (
    <>
      <TextInput
        label={t("name")}
        description={tCommon("nameNote")}
        value={names.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        maxLength={200}
        required
        error={errors.at("name")}
        data-autofocus
      />
      <TextInput
        label={t("code")}
        description={code === "optional" ? t("optional") : null}
        value={names.code}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
        maxLength={64}
        required={code !== "optional"}
        disabled={code === "fixed"}
        error={errors.at("code")}
      />
    </>
  )
}
