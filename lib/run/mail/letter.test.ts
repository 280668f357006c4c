import { expect, test } from "vitest"
import { letter } from "@/lib/run/mail/letter"

test("escapes text that users typed, and has the whole link in text and HTML", () => {
  const { text, html } = letter({
    locale: "en",
    paragraphs: ['<img src=x> & "Co"', "later"],
    button: { label: "Open", url: "https://example.com/accept/a?b&c" },
  })
  expect(text).toBe('<img src=x> & "Co"\n\nhttps://example.com/accept/a?b&c\n\nlater')
  expect(html).toContain("&lt;img src=x&gt; &amp; &quot;Co&quot;")
  expect(html).toContain('<a href="https://example.com/accept/a?b&amp;c"')
  expect(html).not.toContain("<img")
})
