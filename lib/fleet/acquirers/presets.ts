/** Acquirers that many know, ready to be added. */
export const acquirerPresets = [
  { code: "lakala", name: "拉卡拉", codeSystem: "unionpay" },
  { code: "shengpay", name: "盛付通", codeSystem: "unionpay" },
  { code: "ums", name: "银联商务", codeSystem: "ums-mispos" },
] as const
