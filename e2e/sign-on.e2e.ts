import { expect, test } from "@playwright/test"
import { address, signIn } from "./support/journey"

test("a member of a mapped group can sign in through the provider", async ({ browser }) => {
  const admin = await (await browser.newContext()).newPage()
  await signIn(admin)
  await admin.goto(`${address()}/settings/sign-on`)
  await expect(admin.getByText(`${address()}/api/auth/callback/oidc`)).toBeVisible()
  await admin.getByRole("button", { name: "Add group" }).click()
  await admin.getByRole("textbox", { name: /^Group/ }).fill("fleet-viewers")
  await admin.getByRole("button", { name: "Save" }).click()
  await expect(admin.getByRole("row", { name: /fleet-viewers Viewer All stores/ })).toBeVisible()

  const ana = await (await browser.newContext()).newPage()
  // The provider's page loads a font from the internet.
  await ana.route("https://fonts.googleapis.com/**", (route) => route.abort())
  await ana.goto(`${address()}/sign-in?error=no_access`)
  await expect(ana.getByRole("alert").filter({ hasText: "Your account has no access here" })).toBeVisible()
  await ana.getByRole("button", { name: "Sign in with Example ID" }).click()
  await ana.getByPlaceholder("Enter any login").fill("ana")
  await ana.getByPlaceholder("and password").fill("any")
  await ana.getByRole("button", { name: "Sign-in" }).click()
  await expect(ana).toHaveURL(`${address()}/`)
  await expect(ana.getByRole("link", { name: "Terminals" }).first()).toBeVisible()

  await admin.getByRole("button", { name: "Remove fleet-viewers" }).click()
  await expect(admin.getByText("No groups mapped yet")).toBeVisible()
  expect((await ana.request.get(`${address()}/api/v1/terminals`)).status()).toBe(401)
})
