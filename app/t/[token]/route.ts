import { helpPage } from "@/components/help/help-page"
import { noHelpPage, type NoHelp } from "@/components/help/no-help-page"
import { AppError } from "@/lib/base/errors"
import { addressOf } from "@/lib/base/http/address"
import { answerError } from "@/lib/base/http/answer"
import { readText } from "@/lib/base/http/read-text"
import { localeOf } from "@/lib/base/i18n/locale"
import { limitByAddress } from "@/lib/base/limits/limit-by-address"
import { helpByLink } from "@/lib/insight/diagnoses/help"
import { HelpAnswers } from "@/lib/insight/diagnoses/schemas"

type Context = { params: Promise<{ token: string }> }

const whyOf: Partial<Record<AppError["code"], NoHelp>> = { not_found: "gone", rate_limited: "busy" }
const longestForm = 8 * 1024

/** The help page of a terminal: plain HTML that any phone shows at once, without signing in. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  show(request, params, () => {
    const language = new URL(request.url).searchParams.get("language")
    return Promise.resolve(language === null ? {} : { language })
  })

/** The same, after an answer. What staff type is in no address, so it is in no history and no log. */
export const POST = (request: Request, { params }: Context): Promise<Response> =>
  show(request, params, async () =>
    Object.fromEntries(new URLSearchParams(await readText(request, longestForm))),
  )

async function show(
  request: Request,
  params: Context["params"],
  read: () => Promise<Record<string, string>>,
): Promise<Response> {
  const nonce = request.headers.get("x-nonce") ?? ""
  const ofBrowser = localeOf(undefined, request.headers.get("accept-language"))
  try {
    await limitByAddress("help-pages", addressOf(request.headers))
    const { token } = await params
    const given = await read()
    const parsed = HelpAnswers.safeParse(given)
    const said = parsed.data ?? HelpAnswers.parse({ language: given["language"] })
    const locale = said.language ?? ofBrowser
    const help = await helpByLink({ token, language: locale, said })
    return answer(helpPage({ help, said, locale, nonce, isUnfit: !parsed.success }))
  } catch (error) {
    const why = (error instanceof AppError && whyOf[error.code]) || "trouble"
    // It logs what nobody foresaw, without the token, and knows the status.
    const { status } = answerError(error, "/t")
    return answer(noHelpPage({ why, locale: ofBrowser, nonce }), status)
  }
}

const answer = (page: string, status = 200) =>
  new Response(page, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  })
