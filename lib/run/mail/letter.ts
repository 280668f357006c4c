import { escapeUTF8 } from "entities"
import type { Locale } from "@/lib/base/i18n/locale"

type Letter = { locale: Locale; paragraphs: string[]; button: { label: string; url: string } }

/** A short email with one link after the first paragraph, as text and as HTML that loads nothing. */
export function letter({ locale, paragraphs: [first = "", ...others], button: { label, url } }: Letter): {
  text: string
  html: string
} {
  const paragraph = (html: string) => `<p style="margin:0 0 16px">${html}</p>`
  const link = `<a href="${escapeUTF8(url)}" style="color:#087f5b;font-weight:600">${escapeUTF8(label)}</a>`
  const lines = [
    paragraph(escapeUTF8(first)),
    paragraph(link),
    ...others.map((text) => paragraph(escapeUTF8(text))),
  ]
  const head = `<!doctype html><html lang="${locale === "zh" ? "zh-CN" : "en"}"><meta charset="utf-8">`
  const style = "font:16px/1.5 sans-serif;max-width:560px;margin:24px auto;padding:0 16px"
  return {
    text: [first, url, ...others].join("\n\n"),
    html: `${head}<body style="${style}">${lines.join("")}</body></html>`,
  }
}
