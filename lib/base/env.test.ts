import { afterEach, describe, expect, test, vi } from "vitest"
import { oidcEnv } from "@/lib/base/env"

afterEach(() => vi.unstubAllEnvs())

async function startedAt(address: string): Promise<string | undefined> {
  vi.resetModules()
  vi.stubEnv("DATABASE_URL", "postgresql://user:password@localhost/database")
  vi.stubEnv("NEXTAUTH_URL", address)
  return (await import("@/lib/base/env")).env().NEXTAUTH_URL
}

describe("NEXTAUTH_URL", () => {
  test.each([
    "https://tillwatch.example.com",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "http://shop.localhost",
  ])("can be %s", async (address) => {
    expect(await startedAt(address)).toBe(address)
  })

  test.each([
    "http://tillwatch.example.com",
    "http://192.168.1.20:3000",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "ftp://localhost",
  ])("cannot be %s", async (address) => {
    await expect(startedAt(address)).rejects.toThrow(/^NEXTAUTH_URL: .*https:\/\//)
  })
})

const whole = {
  OIDC_ISSUER: "https://login.example.com",
  OIDC_CLIENT_ID: "tillwatch",
  OIDC_CLIENT_SECRET: "a secret",
}
const given = (values: Record<string, string>) =>
  Object.entries(values).forEach(([name, value]) => vi.stubEnv(name, value))

describe("oidcEnv", () => {
  test("is null if nothing is set", () => {
    given({ OIDC_ISSUER: "", OIDC_NAME: "" })
    expect(oidcEnv()).toBeNull()
  })

  test("needs three variables", () => {
    given(whole)
    expect(oidcEnv()).toEqual({
      ...whole,
      OIDC_NAME: "SSO",
      OIDC_SCOPES: "openid email profile",
      OIDC_GROUPS_CLAIM: "groups",
    })
  })

  test.each([
    ["OIDC_CLIENT_SECRET", { OIDC_CLIENT_SECRET: "" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "login.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://login.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://localhost.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://localhost:8080@login.example.com" }],
    ["OIDC_SCOPES", { OIDC_SCOPES: "email profile" }],
  ])("names the wrong variable: %s", (name, wrong) => {
    given({ ...whole, ...wrong })
    expect(() => oidcEnv()).toThrow(`${name}: `)
  })

  test("allows http for a provider on this machine", () => {
    given({ ...whole, OIDC_ISSUER: "http://localhost:8080/realms/main" })
    expect(oidcEnv()?.OIDC_ISSUER).toBe("http://localhost:8080/realms/main")
  })
})
