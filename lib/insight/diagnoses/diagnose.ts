import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { asWorker, inOrganisation, type DataScope } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { isSubcause } from "@/lib/fleet/code-packs/subcauses"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import { contactsFor } from "@/lib/insight/diagnoses/contacts"
import { openIncidentsAt } from "@/lib/insight/diagnoses/open-incidents"
import { otherWaysOf, remediesOf } from "@/lib/insight/diagnoses/remedies"
import { questions, type Diagnosis, type DiagnosisRequest } from "@/lib/insight/diagnoses/schemas"
import { screenOf, type Said } from "@/lib/insight/diagnoses/screens"
import {
  askedCodes,
  askedTerminal,
  contactsOfTerminal,
  type AskedCode,
  type AskedTerminal,
  type TerminalContact,
} from "@/lib/insight/diagnoses/sql"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"
import { allPlans } from "@/lib/insight/incidents/plan-of"
import type { Plan } from "@/lib/insight/incidents/plan-schemas"
import { gatherAsked } from "@/lib/insight/verdicts/gather"
import { kindOf, type FailureKind } from "@/lib/insight/verdicts/kind"
import { ratiosOf } from "@/lib/insight/verdicts/ratios-of"
import { weigh } from "@/lib/insight/verdicts/weigh"
import { numbersOf } from "@/lib/insight/verdicts/words"

/** What a failed sale at a terminal may be due to, and what to do now. It stores nothing. */
export async function diagnose({
  actor,
  body,
}: {
  actor: Actor
  body: DiagnosisRequest
}): Promise<Diagnosis> {
  requirePermission(actor, "fleet:read")
  return diagnoseWithin(actor, body)
}

/** Like `diagnose`, for whatever reaches the terminal. */
export async function diagnoseWithin(scope: DataScope, body: DiagnosisRequest): Promise<Diagnosis> {
  const found = await inOrganisation(scope, async (db) => {
    const [terminal] = await askedTerminal(db, nameKey(body.terminal))
    if (!terminal) throw new AppError("not_found", "There is no such terminal.")
    const codeSystem = body.codeSystem ?? terminal.codeSystem
    const isAsked = body.code !== undefined || body.screen !== undefined
    const [code] =
      codeSystem !== null && isAsked
        ? await askedCodes(db, { codeSystem, code: body.code ?? null, screen: body.screen ?? null })
        : []
    const plans = await allPlans(db)
    return { terminal, code: code ?? null, plans, known: await contactsOfTerminal(db, terminal.id) }
  })
  const said = found.code ?? screenOf(body.screen ?? "")
  const kind = said && isSubcause(said.subcause) ? kindOf(said.subcause, body.entryMode ?? null) : "unknown"
  const { around, table } = await surroundingsOf(scope, body, { terminal: found.terminal, kind })
  const says = said && said.cause !== "none" ? { ...said, cause: said.cause } : null
  const { another_card_here: anotherCardWorks, same_card_elsewhere: worksElsewhere } = body.answers ?? {}
  const verdict = weigh({ kind, entryMode: body.entryMode ?? "", says }, around, {
    told: { anotherCardWorks, worksElsewhere },
    table,
  })
  const { othersWorked: sales } = around
  const evidence =
    sales > 0 ? [...verdict.evidence, { code: "others_work" as const, sales }] : verdict.evidence
  const incidents = await openIncidentsAt({
    orgId: scope.orgId,
    terminalId: found.terminal.id,
    issuer: body.issuerBin ?? "",
    language: body.language,
    now: new Date(),
  })
  return inWords({ ...found, verdict: { ...verdict, evidence }, kind, said, body, incidents })
}

type Found = { terminal: AskedTerminal; kind: FailureKind }

/** What happened around the sale, and what evidence weighs. */
const surroundingsOf = ({ orgId }: DataScope, body: DiagnosisRequest, { terminal, kind }: Found) =>
  asWorker(async (db) => ({
    table: await ratiosOf(db, orgId),
    around: await gatherAsked(db, {
      orgId,
      terminalId: terminal.id,
      storeId: terminal.storeId,
      acquirerId: terminal.acquirerId,
      kind,
      at: body.at === undefined ? new Date() : new Date(body.at),
      entryMode: body.entryMode ?? "",
      issuer: body.issuerBin?.slice(0, 6) ?? "",
      card: body.card ?? null,
    }),
  }))

type Answering = {
  verdict: ReturnType<typeof weigh>
  kind: FailureKind
  code: AskedCode | null
  said: AskedCode | Said | null
  body: DiagnosisRequest
  plans: Plan[]
  known: TerminalContact[]
  incidents: Diagnosis["incidents"]
}

function inWords({ verdict, kind, code, said, body, incidents, ...whom }: Answering): Diagnosis {
  const { cause, p, evidence } = verdict
  const { language } = body
  const t = diagnosisWords(language)
  const steps = remediesOf({ cause, kind, ofCode: said?.remedy ?? "", evidence })
  const [first = "none"] = steps
  const meaning = code
    ? language === "zh"
      ? code.meaningZh || code.meaningEn
      : code.meaningEn
    : said && t(`screens.${said.subcause}`)
  return {
    cause,
    p,
    evidence: evidence.map((one) => ({ ...one, text: t(`evidence.${one.code}`, numbersOf(one)) })),
    incidents,
    steps: steps.map((one) => ({ code: one, text: t(`doNow.${one}`) })),
    say: t(`say.${first}`),
    call: t(`call.${steps.at(-1) ?? first}`),
    contacts: contactsFor({ cause, kind }, { ...whom, language }),
    otherWays: otherWaysOf({ cause, kind }).map((one) => ({ code: one, text: t(`others.${one}`) })),
    questions: questions
      .filter((one) => (one === "screen" ? said === null : body.answers?.[one] === undefined))
      .map((one) => ({ code: one, text: t(`ask.${one}`) })),
    code: code?.code ?? null,
    meaning,
  }
}
