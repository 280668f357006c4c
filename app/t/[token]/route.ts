import { helpPage } from "@/components/help/help-page"
import { noHelpPage, type NoHelp } from "@/components/help/no-help-page"
import { AppError } from "@/lib/base/errors"
import { addressOf } from "@/lib/base/http/address"
import { answerError } from "@/lib/base/http/answer"
import { localeOf } from "@/lib/base/i18n/locale"
import { limitByAddress } from "@/lib/base/limits/limit-by-address"
import { helpByLink } from "@/lib/insight/diagnoses/help"
import { HelpQuery } from "@/lib/insight/diagnoses/schemas"

type Context = { params: Promise<{ token: string }> }

const whyOf: Partial<Record<AppError["code"], NoHelp>> = { not_found: "gone", rate_limited: "busy" }

/** The help page of a terminal: plain HTML that any phone shows at once, without signing in. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const query: Record<string, string> = Object.fromEntries(new URL(request.url).searchParams)
  const parsed = HelpQuery.safeParse(query)
  const said = parsed.data ?? HelpQuery.parse({ language: query["language"] })
  const locale = said.language ?? localeOf(undefined, request.headers.get("accept-language"))
  const nonce = request.headers.get("x-nonce") ?? ""
  try {
    await limitByAddress("help-pages", addressOf(request.headers))
    const { token } = await params
    const help = await helpByLink({ token, language: locale, said })
    return answer(helpPage({ help, said, locale, nonce, isUnfit: !parsed.success }))
  } catch (error) {
    const why = (error instanceof AppError && whyOf[error.code]) || "trouble"
    // It logs what nobody foresaw, without the token, and knows the status.
    const { status } = answerError(error, "/t")
    return answer(noHelpPage({ why, locale, nonce }), status)
  }
}

const answer = (page: string, status = 200) =>
  new Response(page, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  })
