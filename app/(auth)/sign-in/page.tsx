import { redirect } from "next/navigation"
import { SignInForm } from "@/components/access/sign-in-form"
import { pageUser } from "@/lib/access/page-actor"

type Props = { searchParams: Promise<{ callback?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { callback } = await searchParams
  // Only a path of our own: "//host" and "/\host" lead elsewhere.
  const back = typeof callback === "string" && /^\/(?![/\\])/.test(callback) ? callback : "/"
  if (await pageUser()) redirect(back)
  return <SignInForm back={back} />
}
