import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AccountScreen } from "@/components/account/account-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { getAccount } from "@/lib/access/account/get-account"
import { listSessions } from "@/lib/access/account/list-sessions"
import { accountOptions, sessionListOptions } from "@/lib/access/account/queries"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("account"),
})

export default async function AccountPage() {
  const actor = await requireActor("account")
  return (
    <Seeded
      seeds={[
        seed(accountOptions, () => getAccount({ actor })),
        seed(sessionListOptions, () => listSessions({ actor })),
      ]}
    >
      <AccountScreen />
    </Seeded>
  )
}
