import { inBothLanguages as both } from "@/lib/base/names/names"

/** Well-known acquirers, which can be added with one click. */
export const acquirerPresets = [
  { code: "lakala", name: both("拉卡拉", "Lakala"), codeSystem: "unionpay" },
  { code: "shengpay", name: both("盛付通", "Shengpay"), codeSystem: "unionpay" },
  { code: "ums", name: both("银联商务", "UMS"), codeSystem: "ums-mispos" },
] as const
