import { Anchor, Stack } from "@mantine/core"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { SignInForm } from "@/components/access/sign-in-form"
import { pageUser } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

type Props = { searchParams: Promise<{ callback?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { callback } = await searchParams
  // Only a path of our own: "//host" and "/\host" lead elsewhere.
  const back = typeof callback === "string" && /^\/(?![/\\])/.test(callback) ? callback : "/"
  if (await pageUser()) redirect(back)
  return (
    <Stack>
      <SignInForm back={back} />
      <Anchor href={paths.forgot} size="sm" ta="center">
        {(await getTranslations("accountLinks"))("forgot")}
      </Anchor>
    </Stack>
  )
}
