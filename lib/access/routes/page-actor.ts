import { headers } from "next/headers"
import { redirect } from "next/navigation"
import type { Actor } from "@/lib/access/actor/actor"
import { may, type Permission } from "@/lib/access/actor/permissions"
import { actorOfUser } from "@/lib/access/routes/authenticate"
import type { SessionUser } from "@/lib/access/sessions/session-user"
import { userOfCookie } from "@/lib/access/sessions/user-of-cookie"
import { paths } from "@/lib/base/paths"

/** The signed-in user of a page, even before a one-time password is changed. Null for visitors. */
export const pageUser = async (): Promise<SessionUser | null> => userOfCookie(new Headers(await headers()))

/** The path and query of the page. Next asks for pages with a parameter of its own as it navigates. */
async function pagePath(): Promise<string> {
  const url = URL.parse((await headers()).get("x-path") ?? "", "http://tillwatch.invalid")
  url?.searchParams.delete("_rsc")
  return url ? url.pathname + url.search : paths.overview
}

/**
 * The actor of a page. Sends a visitor to sign in and back to the page, with its query. Sends an actor
 * without the permission to the home page.
 */
export async function requireActor(permission: Permission): Promise<Actor> {
  const user = await pageUser()
  if (!user) redirect(`/sign-in?callback=${encodeURIComponent(await pagePath())}`)
  if (user.must_change_password) redirect("/change-password")
  const actor = actorOfUser(user, new Headers(await headers()))
  if (!may(actor, permission)) redirect(paths.overview)
  return actor
}
