import { describe, expect, test } from "vitest"
import { holdsPan, maskPans } from "@/lib/base/text/pan"

describe("a PAN is recognised", () => {
  test.each([
    ["Visa", "4111111111111111"],
    ["Visa of 13 digits", "4222222222222"],
    ["Mastercard", "5555555555554444"],
    ["Mastercard of the 2-series", "2223003122003222"],
    ["American Express", "378282246310005"],
    ["Discover", "6011111111111117"],
    ["JCB", "3530111333300000"],
    ["Diners Club", "30569309025904"],
    ["UnionPay of 19 digits", "6205500000000000004"],
    ["in groups", "4111 1111 1111 1111"],
    ["with dashes", "4111-1111-1111-1111"],
    ["with a digit escaped", '"\\u0034111111111111111"'],
    ["with its spaces escaped", '"4111\\u00201111\\u00201111\\u00201111"'],
    ["with escaped full-width digits", '"\\uFF14111111111111111"'],
    ["with en dashes", "4111\u20131111\u20131111\u20131111"],
    ["in full-width digits", "４１１１１１１１１１１１１１１１"],
    ["inside words", "card=4111111111111111;"],
    ["after another number", "1 4111111111111111"],
    ["in groups before its expiry", "4111 1111 1111 1111 1225"],
    ["American Express in its groups, after a number", "7 3782 822463 10005"],
  ])("%s", (_name, text) => expect(holdsPan(text)).toBe(true))
})

describe("other numbers are accepted", () => {
  test.each([
    ["a wrong check digit", "4111111111111112"],
    ["no scheme's prefix", "1000000000000008"],
    ["a longer run", "94111111111111111000000"],
    ["groups of a TID and a date", "62123456-20261124-000123"],
    ["a time", "2026-11-24T09:30:00+08:00"],
    ["a serial number", "000150183300032"],
    ["a first six and last four", "411111******1111"],
  ])("%s", (_name, text) => expect(holdsPan(text)).toBe(false))
})

test("masking keeps the first six and the last four digits", () => {
  expect(maskPans("a 4111 1111 1111 1111 b 5555555555554444")).toBe(
    "a 4111 11** **** 1111 b 555555******4444",
  )
})

describe("the fraction of a JSON number", () => {
  test("is no card number", () =>
    expect(holdsPan('{"lat":31.4222222222222,"lon":-0.5555555555554444}', { json: true })).toBe(false))
  test("is searched in a string", () =>
    expect(holdsPan('{"note":"x:31.4222222222222,"}', { json: true })).toBe(true))
  test("hides nothing after it", () =>
    expect(holdsPan('{"lat":31.4222222222222,"n":4111111111111111}', { json: true })).toBe(true))
  test("is not masked, so that the record can be replayed", () => {
    expect(maskPans('{"lat":31.4222222222222,"n":"4222222222222"}', { json: true })).toBe(
      '{"lat":31.4222222222222,"n":"422222***2222"}',
    )
  })
})

describe("masking finds a card number", () => {
  test.each([
    [
      "after a time",
      "2026-11-24 09:30:00 4111111111111111 approved",
      "2026-11-24 09:30:00 411111******1111 approved",
    ],
    ["before its expiry", "4111 1111 1111 1111 1225", "4111 11** **** 1111 1225"],
    [
      "with its spaces escaped",
      '"4111\\u00201111\\u00201111\\u00201111"',
      '"4111\\u002011**\\u0020****\\u00201111"',
    ],
    ["in escaped full-width digits", '"\\uff14111111111111111"', '"\\uff1411111******1111"'],
    ["not in an escaped backslash", '"C:\\\\u0034"', '"C:\\\\u0034"'],
  ])("%s", (_name, text, masked) => expect(maskPans(text)).toBe(masked))
})

test("masking keeps the rest, and masked text contains no PAN", () => {
  const text = '{"terminal":"SN1","cardRef":"378282246310005","at":"2026-11-24T09:30:00Z"}'
  expect(holdsPan(maskPans(text))).toBe(false)
  expect(maskPans(text)).toContain('"at":"2026-11-24T09:30:00Z"')
})
