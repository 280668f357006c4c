/** Well-known acquirers, which can be added with one click. */
export const acquirerPresets = [
  { code: "lakala", name: "拉卡拉", codeSystem: "unionpay" },
  { code: "shengpay", name: "盛付通", codeSystem: "unionpay" },
  { code: "ums", name: "银联商务", codeSystem: "ums-mispos" },
] as const
