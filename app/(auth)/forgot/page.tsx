import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { connection } from "next/server"
import { ForgotForm } from "@/components/account-links/forgot-form"
import { env } from "@/lib/base/env"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("accountLinks"))("forgotTitle"),
})

export default async function ForgotPage() {
  // Read at each request, because the build has another environment.
  await connection()
  return <ForgotForm isMailed={env().SMTP_URL !== undefined} />
}
