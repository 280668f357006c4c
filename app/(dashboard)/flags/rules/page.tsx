import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { RulesScreen } from "@/components/flags/rules-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { ruleRecordOptions } from "@/lib/insight/handling/queries"
import { listRuleRecords } from "@/lib/insight/handling/rule-records"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("handling"))("rules"),
})

export default async function RulesPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(ruleRecordOptions(), () => listRuleRecords({ actor }))]}>
      <RulesScreen />
    </Seeded>
  )
}
