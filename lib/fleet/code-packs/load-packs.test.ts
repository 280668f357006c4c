import { expect, test } from "vitest"
import { readPack } from "@/lib/fleet/code-packs/load-packs"

/** Code systems of Chinese acquirers and wallets, and of terminals that are sold in China. */
const chinese = [
  "alipay-barcode",
  "bestpay-posp",
  "boc-pos",
  "nexgo-sdk",
  "pax-app-transresult",
  "pax-emv",
  "pos-hal",
  "starpos-app",
  "telpo-pos",
  "ums-mispos",
  "unionpay",
  "unionpay-acp",
  "wechat-micropay",
]

test.each(chinese)("every code of %s has a meaning in both languages", async (system) => {
  const codes = await readPack(`${system}.tsv`)
  expect(codes.filter(({ meaning_en, meaning_zh }) => meaning_en === "" || meaning_zh === "")).toEqual([])
})
