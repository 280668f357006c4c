import { expect, test, type Page } from "@playwright/test"
import { qrOf } from "@/lib/base/qr"
import { faultsOf } from "./support/axe"
import { address, createKey, post, signIn } from "./support/journey"

const serial = "HELP-1"

async function openTerminal(page: Page) {
  const key = createKey("ingest", "read")
  const sent = await post("/api/v1/heartbeats", key, [{ terminal: serial, at: new Date().toISOString() }])
  expect(sent.status).toBe(200)
  await signIn(page)
  await page.goto(`${address()}/terminals?q=${serial}`)
  await page.getByRole("link", { name: serial }).click()
}

const openDrawer = async (page: Page) => {
  await page.getByRole("button", { name: "Actions" }).click()
  await page.getByRole("menuitem", { name: "Help link for store staff" }).click()
}

async function answerInChinese(scanned: Page, link: string) {
  const answer = await scanned.goto(link)
  expect((await answer?.body())?.length).toBeLessThan(10_000)
  await expect(scanned.getByRole("heading", { level: 1 })).toHaveText("此卡无法交易")
  await scanned.getByLabel("屏幕显示什么？").fill("交易不成功")
  await scanned.getByRole("button", { name: "继续" }).click()
  await expect(scanned.getByText("未识别“交易不成功”")).toBeVisible()
  await expect(scanned.getByRole("heading", { name: "其他卡在这里能用吗？" })).toBeVisible()
  await scanned.getByRole("button", { name: "不能" }).click()
  await expect(scanned.getByRole("heading", { name: "这张卡在其他终端能用吗？" })).toBeVisible()
  await scanned.getByRole("button", { name: "能", exact: true }).click()
  await expect(scanned.getByText(/可能是终端故障/)).toBeVisible()
  await expect(scanned.getByText("换用其他终端，停用该终端")).toBeVisible()
  await scanned.getByRole("button", { name: "English" }).click()
  await expect(scanned.getByText("Probably the terminal")).toBeVisible()
  await expect(scanned.getByText("Staff say that this card works on another terminal")).toBeVisible()
  await scanned.getByRole("link", { name: "Start again" }).click()
  await scanned.getByRole("button", { name: "Insufficient funds" }).click()
  await expect(scanned.getByText("Probably the card")).toBeVisible()
  const wide = await scanned.locator("html").evaluate((root) => root.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
}

test("a phone scans a label and answers in Chinese, and a removed link says what to do", async ({
  page,
  browser,
}) => {
  await openTerminal(page)
  await openDrawer(page)
  const drawer = page.getByRole("dialog")
  await drawer.getByRole("button", { name: "Make a link" }).click()
  const link = (await drawer.getByLabel("Address of the link").textContent()) ?? ""
  const [labels] = await Promise.all([
    page.context().waitForEvent("page"),
    drawer.getByRole("link", { name: "Print the label" }).click(),
  ])
  const code = labels.getByRole("img", { name: `QR code of ${serial}` }).locator("path")
  await expect(code).toHaveAttribute("d", qrOf(link).path)
  await labels.close()

  const phone = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 390, height: 844 },
    isMobile: true,
    javaScriptEnabled: false,
  })
  const scanned = await phone.newPage()
  await answerInChinese(scanned, link)

  await page.goto(link)
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel("What does the screen say?").fill("insufficient funds")
  await page.getByRole("button", { name: "Continue" }).click()
  await expect(page.getByText("Probably the card")).toBeVisible()
  expect(page.url()).toBe(link)
  expect(await faultsOf(page)).toEqual([])
  await page.goto(`${address()}/terminals?q=${serial}`)
  await page.getByRole("link", { name: serial }).click()
  await openDrawer(page)
  await drawer.getByRole("button", { name: "Remove the link" }).click()
  await expect(drawer.getByText("This terminal has no help link.")).toBeVisible()
  expect((await scanned.goto(link))?.status()).toBe(404)
  await expect(scanned.getByRole("heading", { name: "此链接已失效" })).toBeVisible()
  await phone.close()
})
