import { Stack } from "@mantine/core"
import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { MappingsPanel } from "@/components/sign-on/mappings-panel"
import { ProviderPanel } from "@/components/sign-on/provider-panel"
import { PageHeader } from "@/components/ui/page-header"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listMappings } from "@/lib/access/sign-on/group-mappings"
import { redirectUri } from "@/lib/access/sign-on/provider"
import { groupMappingsOptions } from "@/lib/access/sign-on/queries"
import { oidcEnv } from "@/lib/base/env"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("signOn"),
})

export default async function SignOnPage() {
  const actor = await requireActor("users:manage")
  const oidc = oidcEnv()
  const provider = oidc && {
    name: oidc.OIDC_NAME,
    issuer: oidc.OIDC_ISSUER,
    groupsClaim: oidc.OIDC_GROUPS_CLAIM,
  }
  return (
    <Stack gap="md">
      <PageHeader title={(await getTranslations("settings"))("signOn")} />
      <ProviderPanel provider={provider} redirectUri={redirectUri()} />
      <Seeded seeds={[seed(groupMappingsOptions(), () => listMappings({ actor }))]}>
        <MappingsPanel />
      </Seeded>
    </Stack>
  )
}
