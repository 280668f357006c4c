import { expect, test, type Page } from "@playwright/test"
import { address, signIn } from "./support/journey"

/** From the sign-in page through the provider's, as Ana. */
async function comeThroughProvider(page: Page): Promise<void> {
  // The provider's page asks for a font of the internet.
  await page.route("https://fonts.googleapis.com/**", (route) => route.abort())
  await page.goto(`${address()}/sign-in`)
  await page.getByRole("button", { name: "Sign in with Example ID" }).click()
  await page.getByPlaceholder("Enter any login").fill("ana")
  await page.getByPlaceholder("and password").fill("any")
  await page.getByRole("button", { name: "Sign-in" }).click()
}

test("an admin maps a group, and whoever is in it comes in through the provider", async ({ browser }) => {
  const ana = await (await browser.newContext()).newPage()
  await comeThroughProvider(ana)
  await expect(ana.getByRole("alert").filter({ hasText: "Your account has no access here" })).toBeVisible()

  const admin = await (await browser.newContext()).newPage()
  await signIn(admin)
  await admin.goto(`${address()}/settings/sign-on`)
  await expect(admin.getByText(`${address()}/api/auth/callback/oidc`)).toBeVisible()
  await admin.getByRole("button", { name: "Add a group" }).click()
  await admin.getByLabel("Group", { exact: true }).fill("fleet-viewers")
  await admin.getByRole("button", { name: "Save" }).click()
  await expect(admin.getByRole("row", { name: /fleet-viewers Viewer All stores/ })).toBeVisible()

  const again = await (await browser.newContext()).newPage()
  await comeThroughProvider(again)
  await expect(again).toHaveURL(`${address()}/`)
  await expect(again.getByRole("link", { name: "Terminals" }).first()).toBeVisible()

  await admin.getByRole("button", { name: "Remove fleet-viewers" }).click()
  await expect(admin.getByText("No group is mapped yet")).toBeVisible()
  await again.goto(`${address()}/terminals`)
  await expect(again).toHaveURL(/\/sign-in/)
})
