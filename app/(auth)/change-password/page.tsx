import { redirect } from "next/navigation"
import { ChangePasswordForm } from "@/components/access/change-password-form"
import { pageUser } from "@/lib/access/page-actor"

export default async function ChangePasswordPage() {
  const user = await pageUser()
  if (!user) redirect("/sign-in")
  return <ChangePasswordForm isOneTime={user.must_change_password} />
}
