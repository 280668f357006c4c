import { afterEach, describe, expect, test, vi } from "vitest"
import { oidcEnv } from "@/lib/env"

const whole = { OIDC_ISSUER: "https://login.example.com", OIDC_CLIENT_ID: "tillwatch", OIDC_CLIENT_SECRET: "a secret" }
const given = (values: Record<string, string>) => Object.entries(values).forEach(([name, value]) => vi.stubEnv(name, value))

afterEach(() => vi.unstubAllEnvs())

describe("the OIDC provider", () => {
  test("is none where nothing is set", () => {
    given({ OIDC_ISSUER: "", OIDC_NAME: "" })
    expect(oidcEnv()).toBeNull()
  })

  test("is whole with three variables", () => {
    given(whole)
    expect(oidcEnv()).toEqual({ ...whole, OIDC_NAME: "SSO", OIDC_SCOPES: "openid email profile", OIDC_GROUPS_CLAIM: "groups" })
  })

  test.each([
    ["OIDC_CLIENT_SECRET", { OIDC_CLIENT_SECRET: "" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "login.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://login.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://localhost.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "http://localhost:8080@login.example.com" }],
    ["OIDC_SCOPES", { OIDC_SCOPES: "email profile" }],
  ])("that is set wrongly is named: %s", (name, wrong) => {
    given({ ...whole, ...wrong })
    expect(() => oidcEnv()).toThrow(`${name}: `)
  })

  test("may be without TLS on this machine", () => {
    given({ ...whole, OIDC_ISSUER: "http://localhost:8080/realms/main" })
    expect(oidcEnv()?.OIDC_ISSUER).toBe("http://localhost:8080/realms/main")
  })
})
