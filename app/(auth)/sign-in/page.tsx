import { Stack } from "@mantine/core"
import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { SignInForm } from "@/components/sign-in/sign-in-form"
import { SsoButton } from "@/components/sign-in/sso-button"
import { pageUser } from "@/lib/access/routes/page-actor"
import { ownPath } from "@/lib/access/sign-in/own-path"
import { oidcEnv } from "@/lib/base/env"

type Props = { searchParams: Promise<{ callback?: string | string[]; error?: string | string[] }> }

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("access"))("signIn"),
})

export default async function SignInPage({ searchParams }: Props) {
  const { callback, error } = await searchParams
  const back = ownPath(callback)
  if (await pageUser()) redirect(back)
  return (
    <Stack>
      <SignInForm back={back} />
      <SsoButton name={oidcEnv()?.OIDC_NAME ?? null} back={back} error={[error].flat()[0]} />
    </Stack>
  )
}
