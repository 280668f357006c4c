import { pageFrame } from "@/components/help/page-frame"
import type { Locale } from "@/lib/base/i18n/locale"
import { textIn } from "@/lib/base/names/names"
import { paths } from "@/lib/base/paths"
import { html, type Html } from "@/lib/base/text/html"
import type { Help } from "@/lib/insight/diagnoses/help"
import type { Diagnosis, HelpAnswers } from "@/lib/insight/diagnoses/schemas"
import { screenNames } from "@/lib/insight/diagnoses/screens"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"

type Shown = { help: Help; said: HelpAnswers; locale: Locale; nonce: string; isUnfit: boolean }
type Translate = ReturnType<typeof diagnosisWords>
type Question = Exclude<Diagnosis["questions"][number]["code"], "screen">

/** The page that a help link opens: what the screen says, at most two more questions, and what to do. */
export function helpPage({ help, said, locale, nonce, isUnfit }: Shown): string {
  const t = diagnosisWords(locale)
  const { serial, store, diagnosis } = help
  const other = locale === "zh" ? "en" : "zh"
  const header = html`<header>
    <span>${textIn(locale, store)} · ${serial}</span>
    <form method="post">
      ${hidden({ ...said, language: undefined })}
      <button name="language" value="${other}" lang="${other}">${t("page.language")}</button>
    </form>
  </header>`
  const known = help.incidents.map(({ text }) => html`<p class="note">${text}</p>`)
  const asked = diagnosis ? afterScreen(diagnosis, { t, locale, said, help }) : screenForm(t, said, isUnfit)
  const main = html`${known}${asked}`
  return pageFrame({ locale, nonce, title: t("page.title"), header, main })
}

const given = (values: HelpAnswers) =>
  Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )

const hidden = (values: HelpAnswers): Html[] =>
  given(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)

function screenForm(t: Translate, { language }: HelpAnswers, isUnfit: boolean): Html {
  const kept = hidden({ language })
  return html`${isUnfit ? html`<p class="note" role="alert">${t("page.unfit")}</p>` : null}
    <form method="post">
      ${kept}<label for="screen">${t("ask.screen")}</label><small id="hint">${t("page.screenHint")}</small>
      <input id="screen" name="screen" maxlength="200" required autocomplete="off" aria-describedby="hint" />
      <button class="go">${t("page.next")}</button>
    </form>
    <form method="post">
      ${kept}
      <h2>${t("page.choose")}</h2>
      ${screenNames.map((name) => screenButton(t(`screens.${name}`)))}
      <button name="screen" value="">${t("page.nothing")}</button>
    </form>`
}

const screenButton = (text: string): Html => html`<button name="screen" value="${text}">${text}</button>`

type Asked = { t: Translate; locale: Locale; said: HelpAnswers; help: Help }

/** Without a meaning of the screen it asks the next question, else it says what it is. */
function afterScreen(diagnosis: Diagnosis, asked: Asked): Html {
  const { t, said } = asked
  const open = diagnosis.questions.flatMap(({ code, text }) =>
    code === "screen" || said[code] !== undefined ? [] : [{ code, text }],
  )
  const [next] = open
  if (diagnosis.meaning !== null || !next) return verdict(diagnosis, open, asked)
  const { screen = "" } = said
  return html`${screen === "" ? null : html`<p class="note">${t("page.unknownText", { screen })}</p>`}
  ${questionForm(next, asked)}`
}

const questionForm = ({ code, text }: { code: Question; text: string }, { t, said }: Asked): Html =>
  html`<form method="post">
    ${hidden(said)}
    <h2>${text}</h2>
    <div class="row">
      <button name="${code}" value="yes">${t("page.yes")}</button>
      <button name="${code}" value="no">${t("page.no")}</button>
    </div>
    <button name="${code}" value="skip">${t("page.cannotTry")}</button>
  </form>`

const contactLine = (locale: Locale, { who, phone }: Diagnosis["contacts"][number]): Html =>
  html`<p>${textIn(locale, who)}${locale === "zh" ? "：" : ": "}<a href="tel:${phone}">${phone}</a></p>`

function verdict(diagnosis: Diagnosis, open: { code: Question; text: string }[], asked: Asked): Html {
  const { t, locale, help } = asked
  const { cause, p, meaning, steps, say, call, contacts, otherWays, evidence } = diagnosis
  const sure = cause === "unknown" ? null : html`<small>${t("page.sure", { share: p[cause] })}</small>`
  return html`${meaning === null ? null : html`<p>${t("page.screenSaid", { meaning })}</p>`}
    <p class="verdict">${t(`page.probably.${cause}`)} ${sure}</p>
    <h2>${t("page.doNow")}</h2>
    <ol>
      ${steps.map(({ text }) => html`<li>${text}</li>`)}
    </ol>
    <h2>${t("page.say")}</h2>
    <blockquote>${say}</blockquote>
    <h2>${t("page.others")}</h2>
    <ul>
      ${otherWays.map(({ text }) => html`<li>${text}</li>`)}
    </ul>
    <h2>${t("page.call")}</h2>
    <p>${call}</p>
    ${contacts.map((contact) => contactLine(locale, contact))}
    ${
      evidence.length === 0
        ? null
        : html`<h2>${t("page.why")}</h2>
            <ul>
              ${evidence.map(({ text }) => html`<li>${text}</li>`)}
            </ul>`
    }
    ${
      open.length === 0
        ? null
        : html`<h2>${t("page.surer")}</h2>
            ${open.map((one) => questionForm(one, asked))}`
    }
    <nav>
      <a href="?language=${locale}">${t("page.again")}</a><br />
      <a href="${paths.terminal(help.terminalId)}">${t("page.signIn")}</a>
    </nav>`
}
