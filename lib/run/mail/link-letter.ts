import { createTranslator } from "next-intl"
import type { MailedLink } from "@/lib/access/account-links/mailed-links"
import { hoursOf } from "@/lib/access/account-links/words"
import { localeOf } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { textIn } from "@/lib/base/names/names"
import { letter } from "@/lib/run/mail/letter"
import type { Mail } from "@/lib/run/mail/send-mail"

/** The email with an invitation or reset link, in the organisation's language. */
export function linkLetter({ purpose, email, language, url, ...mailed }: MailedLink): Mail {
  const locale = localeOf(language, null)
  const organisation = textIn(locale, mailed.organisation)
  const t = createTranslator({ locale, messages: { zh, en }[locale], namespace: `mail.${purpose}` })
  const hours = hoursOf[purpose]
  return {
    to: email,
    subject: t("subject", { organisation }),
    ...letter({
      locale,
      paragraphs: [t("text", { organisation, email }), t("until", { hours, days: hours / 24 }), t("ignore")],
      button: { label: t("button"), url },
    }),
  }
}
