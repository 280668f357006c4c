import { afterEach, describe, expect, test, vi } from "vitest"

afterEach(() => vi.unstubAllEnvs())

async function startedAt(address: string): Promise<string | undefined> {
  vi.resetModules()
  vi.stubEnv("DATABASE_URL", "postgresql://user:password@localhost/database")
  vi.stubEnv("NEXTAUTH_URL", address)
  return (await import("@/lib/env")).env().NEXTAUTH_URL
}

describe("the address people open", () => {
  test.each(["https://tillwatch.example.com", "http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://shop.localhost"])("may be %s", async (address) => {
    expect(await startedAt(address)).toBe(address)
  })

  test.each(["http://tillwatch.example.com", "http://192.168.1.20:3000", "http://localhost.example.com", "http://127.0.0.1.example.com", "ftp://localhost"])("may not be %s", async (address) => {
    await expect(startedAt(address)).rejects.toThrow(/^NEXTAUTH_URL: .*https:\/\//)
  })
})
