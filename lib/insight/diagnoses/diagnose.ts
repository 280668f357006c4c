import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { isSubcause } from "@/lib/fleet/code-packs/subcauses"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import { otherWaysOf, remediesOf } from "@/lib/insight/diagnoses/remedies"
import { questions, type Diagnosis, type DiagnosisRequest } from "@/lib/insight/diagnoses/schemas"
import { askedCodes, askedTerminal, type AskedCode, type AskedTerminal } from "@/lib/insight/diagnoses/sql"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"
import { gatherAsked, noCard } from "@/lib/insight/verdicts/gather"
import { kindOf, type FailureKind } from "@/lib/insight/verdicts/kind"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"
import { weigh } from "@/lib/insight/verdicts/weigh"
import { numbersOf } from "@/lib/insight/verdicts/words"

type Asking = { actor: Actor; body: DiagnosisRequest }

/** What a failed sale at a terminal may be due to, and what to do now. It stores nothing. */
export async function diagnose({ actor, body }: Asking): Promise<Diagnosis> {
  requirePermission(actor, "fleet:read")
  const found = await inOrganisation(actor, async (db) => {
    const [terminal] = await askedTerminal(db, nameKey(body.terminal))
    if (!terminal) throw new AppError("not_found", "There is no such terminal.")
    const codeSystem = body.codeSystem ?? terminal.codeSystem
    const isAsked = body.code !== undefined || body.screen !== undefined
    const [code] =
      codeSystem !== null && isAsked
        ? await askedCodes(db, { codeSystem, code: body.code ?? null, screen: body.screen ?? null })
        : []
    return { terminal, code: code ?? null }
  })
  const kind = kindOfAsked(found.code, body)
  const around = withAnswers(await surroundingsOf(actor, body, { ...found, kind }), body)
  const says = found.code && found.code.cause !== "none" ? { ...found.code, cause: found.code.cause } : null
  const verdict = weigh({ kind, entryMode: body.entryMode ?? "", says }, around)
  const { othersWorked: sales } = around
  const evidence =
    sales > 0 ? [...verdict.evidence, { code: "others_work" as const, sales }] : verdict.evidence
  return inWords({ verdict: { ...verdict, evidence }, kind, code: found.code, body })
}

const kindOfAsked = (code: AskedCode | null, { entryMode }: DiagnosisRequest): FailureKind =>
  code && isSubcause(code.subcause) ? kindOf(code.subcause, entryMode ?? null) : "unknown"

type Found = { terminal: AskedTerminal; kind: FailureKind }

const surroundingsOf = (actor: Actor, body: DiagnosisRequest, { terminal, kind }: Found) =>
  asWorker((db) =>
    gatherAsked(db, {
      orgId: actor.orgId,
      terminalId: terminal.id,
      storeId: terminal.storeId,
      acquirerId: terminal.acquirerId,
      kind,
      at: body.at === undefined ? new Date() : new Date(body.at),
      entryMode: body.entryMode ?? "",
      issuer: body.issuerBin?.slice(0, 6) ?? "",
      card: body.card ?? null,
    }),
  )

const manyTimes = 3

/** What staff tried counts like what records show. */
function withAnswers(around: Surroundings, { answers }: DiagnosisRequest): Surroundings {
  const { another_card_here: another, same_card_elsewhere: elsewhere } = answers ?? {}
  const card = around.card ?? noCard
  const { near, wide } = around.terminal
  const more = another === false ? manyTimes : 0
  return {
    ...around,
    terminal: {
      near: { ...near, observed: near.observed + more },
      wide: { ...wide, observed: wide.observed + more },
    },
    card:
      elsewhere === undefined
        ? around.card
        : elsewhere
          ? { ...card, workedAfter: card.workedAfter + 1 }
          : { ...card, failedSame: card.failedSame + 1 },
  }
}

type Answering = {
  verdict: ReturnType<typeof weigh>
  kind: FailureKind
  code: AskedCode | null
  body: DiagnosisRequest
}

function inWords({ verdict: { cause, p, evidence }, kind, code, body }: Answering): Diagnosis {
  const t = diagnosisWords(body.language)
  const steps = remediesOf({ cause, kind, ofCode: code?.remedy ?? "" })
  const [first = "none"] = steps
  const meaning = code && (body.language === "zh" ? code.meaningZh || code.meaningEn : code.meaningEn)
  return {
    cause,
    p,
    evidence: evidence.map((one) => ({ ...one, text: t(`evidence.${one.code}`, numbersOf(one)) })),
    steps: steps.map((one) => ({ code: one, text: t(`doNow.${one}`) })),
    say: t(`say.${first}`),
    call: t(`call.${steps.at(-1) ?? first}`),
    otherWays: otherWaysOf({ cause, kind }).map((one) => ({ code: one, text: t(`others.${one}`) })),
    questions: questions
      .filter((one) => !isAnswered(one, body, code))
      .map((one) => ({ code: one, text: t(`ask.${one}`) })),
    code: code?.code ?? null,
    meaning,
  }
}

const isAnswered = (question: (typeof questions)[number], body: DiagnosisRequest, code: AskedCode | null) =>
  question === "screen" ? code !== null : body.answers?.[question] !== undefined
