import { expect, test } from "@playwright/test"
import { keyPlaceholder, snippets } from "@/lib/run/openapi/snippets"
import { complaintsOf } from "./support/complaints"
import { address, createKey, signIn } from "./support/journey"

for (const { locale, colorScheme, words } of [
  {
    locale: "en-GB",
    colorScheme: "light",
    words: {
      apiDocs: "API reference",
      sendData: "Send data",
      keys: "API keys",
      copy: "Copy",
      copied: "Copied",
    },
  },
  {
    locale: "zh-CN",
    colorScheme: "dark",
    words: { apiDocs: "API 文档", sendData: "发送数据", keys: "API 密钥", copy: "复制", copied: "已复制" },
  },
] as const) {
  test(`the API reference sends calls as the user, or with a key (${locale})`, async ({ browser }) => {
    const page = await (await browser.newContext({ locale, colorScheme })).newPage()
    const complaints = await complaintsOf(page)
    const hosts = new Set<string>()
    page.on("request", (request) => hosts.add(new URL(request.url()).origin))
    await signIn(page)
    await page.goto(`${address()}/settings/account`)
    await page.getByRole("link", { name: words.apiDocs }).click()
    await expect(page.getByRole("heading", { level: 1, name: words.apiDocs })).toBeVisible()
    await expect(page.getByRole("link", { name: "OpenAPI 3.1" })).toHaveAttribute(
      "href",
      "/api/v1/openapi.json",
    )

    await page.getByRole("textbox", { name: "Filter by tag or path" }).fill("/api/v1/stores")
    await expect(page.getByRole("heading", { name: /^stores/ })).toBeVisible()
    await page.getByRole("button", { name: /List stores/ }).click()
    await page.getByRole("button", { name: "Execute" }).click()
    const answer = page.getByRole("row", { name: /Response body/ })
    await expect(answer.getByRole("cell", { name: "200", exact: true })).toBeVisible()
    await expect(answer).toContainText('"data": [')
    expect(complaints).toEqual([])

    await page.getByRole("button", { name: "Authorize" }).click()
    await page.getByRole("textbox", { name: "auth-bearer-value" }).fill(createKey("ingest"))
    await page.getByRole("button", { name: "Apply credentials" }).click()
    await page.getByRole("button", { name: "Close" }).click()
    await page.getByRole("button", { name: "Execute" }).click()
    await expect(answer).toContainText("This key needs the scope read.")
    expect([...hosts]).toEqual([address()])
  })

  test(`copies snippets with this server's address (${locale})`, async ({ browser }) => {
    const page = await (
      await browser.newContext({ locale, colorScheme, permissions: ["clipboard-read", "clipboard-write"] })
    ).newPage()
    await signIn(page)
    await page.goto(`${address()}/settings/api-docs`)
    await page.getByRole("paragraph").getByRole("link", { name: words.sendData }).click()
    await expect(page.getByRole("heading", { level: 1, name: words.sendData })).toBeVisible()
    await page.getByRole("tab", { name: "Python" }).click()
    await page.getByRole("button", { name: words.copy }).click()
    await expect(page.getByRole("button", { name: words.copied })).toBeVisible()
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
      snippets.python({ origin: address(), key: keyPlaceholder }),
    )
    await page.getByRole("paragraph").getByRole("link", { name: words.keys }).click()
    await expect(page.getByRole("heading", { level: 1, name: words.keys })).toBeVisible()
  })
}

test("answers of the API are compressed, and are not sent again while nothing has changed", async ({
  page,
}) => {
  await signIn(page)
  const path = `${address()}/api/v1/stores`
  const answer = await page.request.get(path)
  const { etag = "", ...headers } = answer.headers()
  expect([answer.status(), headers["content-encoding"], headers["cache-control"]]).toEqual([
    200,
    "gzip",
    "no-store",
  ])
  const again = await page.request.get(path, { headers: { "if-none-match": etag } })
  expect([again.status(), (await again.body()).length]).toEqual([304, 0])
})
