import { LinkOver } from "@/components/access/link-over"
import { LinkPasswordForm } from "@/components/access/link-password-form"
import { linkOfPage } from "@/lib/account-links/link-of-page"

export default async function AcceptPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await linkOfPage(token, "invitation")
  return link ? <LinkPasswordForm token={token} link={link} /> : <LinkOver />
}
