import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { RulesScreen } from "@/components/flags/rules-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { ruleRecordOptions } from "@/lib/insight/handling/queries"
import { listRuleRecords } from "@/lib/insight/handling/rule-records"
import { rehearsalOptions } from "@/lib/insight/sensitivity/queries"
import { rehearse } from "@/lib/insight/sensitivity/rehearse"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("handling"))("rules"),
})

export default async function RulesPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded
      seeds={[
        seed(rehearsalOptions(), () => rehearse({ actor })),
        seed(ruleRecordOptions(), () => listRuleRecords({ actor })),
      ]}
    >
      <RulesScreen canChange={may(actor, "organisation:manage")} canHandle={may(actor, "flags:write")} />
    </Seeded>
  )
}
