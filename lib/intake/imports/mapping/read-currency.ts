import { data } from "currency-codes"

const codes = new Set(data.map(({ code }) => code))
const byNumber = new Map(data.map(({ number, code }) => [number, code]))

/** Common names that the standard lists do not have. */
const aliases: Record<string, string> = {
  rmb: "CNY",
  cnh: "CNY",
  人民币元: "CNY",
  "¥": "CNY",
  港币: "HKD",
  hk$: "HKD",
  港元: "HKD",
  美金: "USD",
  us$: "USD",
  台币: "TWD",
  新台币: "TWD",
  nt$: "TWD",
  澳门币: "MOP",
  日币: "JPY",
  日圆: "JPY",
  円: "JPY",
  韩币: "KRW",
  "₩": "KRW",
  澳元: "AUD",
  澳币: "AUD",
  a$: "AUD",
  加元: "CAD",
  加币: "CAD",
  c$: "CAD",
  新加坡币: "SGD",
  新币: "SGD",
  s$: "SGD",
  瑞郎: "CHF",
  卢布: "RUB",
  "₽": "RUB",
  泰铢: "THB",
  "฿": "THB",
  越南盾: "VND",
  "₫": "VND",
  "₹": "INR",
  r$: "BRL",
  "€": "EUR",
  "£": "GBP",
  zł: "PLN",
  kč: "CZK",
}

const byName = new Map<string, string>()
for (const language of ["en", "zh-Hans", "zh-Hant"]) {
  const names = new Intl.DisplayNames([language], { type: "currency", fallback: "none" })
  for (const { code } of data) {
    const name = names.of(code)?.toLowerCase()
    if (name !== undefined) byName.set(name, code)
  }
}
for (const [name, code] of Object.entries(aliases)) byName.set(name, code)

/**
 * The currency by its code, its ISO 4217 number or its name; null if it is unknown. A $ alone can be many.
 */
export function currencyOf(text: string): string | null {
  const plain = text.normalize("NFKC").trim()
  if (/^\d{1,3}$/.test(plain)) return byNumber.get(plain.padStart(3, "0")) ?? null
  const code = plain.toUpperCase()
  return codes.has(code) ? code : (byName.get(plain.toLowerCase()) ?? null)
}
