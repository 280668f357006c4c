import { LinkOver } from "@/components/access/link-over"
import { LinkPasswordForm } from "@/components/access/link-password-form"
import { linkOfPage } from "@/lib/account-links/link-of-page"

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await linkOfPage(token, "reset")
  return link ? <LinkPasswordForm token={token} link={link} /> : <LinkOver />
}
