import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { KeysScreen } from "@/components/keys/keys-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { listKeys } from "@/lib/access/keys/list-keys"
import { keysOptions } from "@/lib/access/keys/queries"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("keys"),
})

export default async function KeysPage() {
  const actor = await requireActor("keys:manage")
  return (
    <Seeded seeds={[seed(keysOptions(), () => listKeys({ actor }))]}>
      <KeysScreen />
    </Seeded>
  )
}
