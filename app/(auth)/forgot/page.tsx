import { connection } from "next/server"
import { ForgotForm } from "@/components/account-links/forgot-form"
import { env } from "@/lib/base/env"

export default async function ForgotPage() {
  // The environment of the server that runs, not of the one that built.
  await connection()
  return <ForgotForm isMailed={env().SMTP_URL !== undefined} />
}
