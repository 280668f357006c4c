import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { seed, Seeded } from "@/components/ui/seeded"
import { UsersScreen } from "@/components/users/users-screen"
import { loadUserView } from "@/components/users/view"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listUsers } from "@/lib/access/users/list-users"
import { userListOptions } from "@/lib/access/users/queries"
import { UserQuery } from "@/lib/access/users/schemas"
import { given } from "@/lib/base/http/given"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("users"),
})

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("users:manage")
  const query = given(await loadUserView(searchParams))
  return (
    <Seeded seeds={[seed(userListOptions(query), () => listUsers({ actor, query: UserQuery.parse(query) }))]}>
      <UsersScreen />
    </Seeded>
  )
}
