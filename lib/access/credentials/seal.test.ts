import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { seal, unseal } from "@/lib/access/credentials/seal"

const key = randomBytes(32)
const plain = Buffer.from("a secret")

test("opens only unchanged, for the same owner and key", () => {
  const sealed = seal(plain, { key, owner: "ana" })
  expect(unseal(sealed, { key, owner: "ana" })).toEqual(plain)
  expect(unseal(sealed, { key, owner: "bob" })).toBeNull()
  expect(unseal(sealed, { key: randomBytes(32), owner: "ana" })).toBeNull()
  for (const at of [0, 15, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unseal(changed, { key, owner: "ana" })).toBeNull()
  }
})

test("produces a different text every time", () => {
  expect(seal(plain, { key, owner: "ana" })).not.toEqual(seal(plain, { key, owner: "ana" }))
})
