import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ExpiredLink } from "@/components/account-links/expired-link"
import { LinkPasswordForm } from "@/components/account-links/link-password-form"
import { linkOfPage } from "@/lib/access/account-links/link-of-page"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("accountLinks"))("set"),
})

export default async function AcceptPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await linkOfPage(token, "invitation")
  return link ? <LinkPasswordForm token={token} link={link} /> : <ExpiredLink />
}
