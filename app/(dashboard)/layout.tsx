import { cookies, headers } from "next/headers"
import type { ReactNode } from "react"
import { Shell } from "@/components/shell/shell"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { organisationOf } from "@/lib/access/organisation/own-organisation"
import { actorOfUser } from "@/lib/access/routes/authenticate"
import { pageUser } from "@/lib/access/routes/page-actor"
import { cookieName } from "@/lib/base/http/cookies"
import { zoneCookie } from "@/lib/base/i18n/locale"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { textIn } from "@/lib/base/names/names"
import { isZone } from "@/lib/base/time/zone"

// Pages redirect visitors to sign in, because they know where to return. The layout only adds the navigation.
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await pageUser()
  if (!user || user.must_change_password) return children
  const allowed = permissionsOf(actorOfUser(user, new Headers(await headers())))
  const { name, timeZone } = await organisationOf(user.org_id)
  const chosen = (await cookies()).get(cookieName(zoneCookie))?.value
  const ownZone = chosen !== undefined && isZone(chosen) ? chosen : null
  return (
    <Shell
      organisation={textIn(await readerLanguage(), name)}
      zones={{ organisation: timeZone, own: ownZone }}
      allowed={allowed}
      reader={user.id}
    >
      {children}
    </Shell>
  )
}
