import { Anchor, Stack } from "@mantine/core"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { SignInForm } from "@/components/access/sign-in-form"
import { SsoButton } from "@/components/access/sso-button"
import { pageUser } from "@/lib/access/page-actor"
import { oidcEnv } from "@/lib/env"
import { paths } from "@/lib/paths"

type Props = { searchParams: Promise<{ callback?: string | string[]; error?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { callback, error } = await searchParams
  // Only a path of our own: "//host" and "/\host" lead elsewhere.
  const back = typeof callback === "string" && /^\/(?![/\\])/.test(callback) ? callback : "/"
  if (await pageUser()) redirect(back)
  return (
    <Stack>
      <SignInForm back={back} />
      <SsoButton name={oidcEnv()?.OIDC_NAME ?? null} back={back} error={[error].flat()[0]} />
      <Anchor href={paths.forgot} size="sm" ta="center">
        {(await getTranslations("accountLinks"))("forgot")}
      </Anchor>
    </Stack>
  )
}
