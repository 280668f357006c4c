import { SimpleGrid, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Refused } from "@/components/places/use-refused"

type Contact = { contactName: string; contactPhone: string; contactEmail: string }
type Props = {
  contact: Contact
  onChange: (change: Partial<Contact>) => void
  refused: Refused
}

/** Contact fields of a merchant or store. */
export function ContactFields({ contact, onChange, refused }: Props) {
  const t = useTranslations("places")
  return (
    <>
      <TextInput
        label={t("contactName")}
        value={contact.contactName}
        onChange={(event) => onChange({ contactName: event.currentTarget.value })}
        maxLength={100}
        error={refused.at("contactName")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="tel"
          label={t("contactPhone")}
          value={contact.contactPhone}
          onChange={(event) => onChange({ contactPhone: event.currentTarget.value })}
          maxLength={40}
          error={refused.at("contactPhone")}
        />
        <TextInput
          type="email"
          label={t("contactEmail")}
          value={contact.contactEmail}
          onChange={(event) => onChange({ contactEmail: event.currentTarget.value })}
          maxLength={254}
          error={refused.at("contactEmail")}
        />
      </SimpleGrid>
    </>
  )
}
