import type { Locale } from "@/lib/base/i18n/locale"
import { html, type Html } from "@/lib/base/text/html"

// A few kilobytes without scripts, for old phones on slow lines.
const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#000}
:root{--line:#ced4da;--soft:#f1f3f5;--dim:#495057;--own:#087f5b;--on:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#1a1b1e;--ink:#e9ecef;
--line:#495057;--soft:#25262b;--dim:#c1c2c5;--own:#38d9a9;--on:#000}}
*{box-sizing:border-box}
body{background:var(--paper);color:var(--ink)}
body{font:17px/1.5 system-ui,sans-serif;max-width:560px;margin:0 auto;padding:16px;overflow-wrap:anywhere}
header{display:flex;gap:12px;justify-content:space-between;align-items:center}
header{color:var(--dim);font-size:15px}
h1{font-size:24px;margin:16px 0 8px}h2{font-size:18px;margin:24px 0 8px}
p,ol,ul{margin:8px 0}ol,ul{padding-left:24px}li{margin:4px 0}
a{color:var(--own)}a,button{min-height:44px}nav a{display:inline-block;padding:10px 0}
label{display:block;font-weight:600}small{display:block;color:var(--dim);font-size:15px}
input,button{font:inherit;width:100%;padding:10px 12px;border:1px solid var(--line);border-radius:8px}
button{background:var(--soft);color:inherit;text-align:left;margin-top:8px}
header button{width:auto;margin:0;padding:10px 0;border:0;background:none;color:var(--own)}
.go{background:var(--own);border-color:var(--own);color:var(--on);font-weight:600;text-align:center}
.row{display:flex;gap:8px}.row button{text-align:center}
.verdict,blockquote{border-left:4px solid var(--own);margin:8px 0;padding:4px 12px}
.verdict{font-size:20px;font-weight:650}.note{background:var(--soft);padding:8px 12px;border-radius:8px}
`

type Frame = { locale: Locale; nonce: string; title: string; header?: Html | null; main: Html }

/** A whole page. */
export const pageFrame = ({ locale, nonce, title, header = null, main }: Frame): string =>
  html`<!doctype html>
    <html lang="${locale === "zh" ? "zh-CN" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Tillwatch</title>
        <style nonce="${nonce}">
          ${{ html: style }}
        </style>
      </head>
      <body>
        ${header}
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html>`.html
