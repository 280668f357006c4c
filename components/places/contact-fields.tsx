import { SimpleGrid, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormErrors } from "@/components/places/use-form-errors"

type Contact = { contactName: string; contactPhone: string; contactEmail: string }
type Props = {
  contact: Contact
  onChange: (change: Partial<Contact>) => void
  errors: FormErrors
}

/** Contact fields of a merchant or store. */
export function ContactFields({ contact, onChange, errors }: Props) {
  const t = useTranslations("places")
  return (
    <>
      <TextInput
        label={t("contactName")}
        value={contact.contactName}
        onChange={(event) => onChange({ contactName: event.currentTarget.value })}
        maxLength={100}
        error={errors.at("contactName")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="tel"
          label={t("contactPhone")}
          value={contact.contactPhone}
          onChange={(event) => onChange({ contactPhone: event.currentTarget.value })}
          maxLength={40}
          error={errors.at("contactPhone")}
        />
        <TextInput
          type="email"
          label={t("contactEmail")}
          value={contact.contactEmail}
          onChange={(event) => onChange({ contactEmail: event.currentTarget.value })}
          maxLength={254}
          error={errors.at("contactEmail")}
        />
      </SimpleGrid>
    </>
  )
}
