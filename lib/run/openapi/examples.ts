// Values of the example requests in the API reference.

export const lineOf = (record: object): string => `${JSON.stringify(record)}\n`

export const profile = {
  name: "acquirer file",
  description: "The acquirer's daily file",
  kind: "transactions",
  timeZone: "Asia/Shanghai",
  currency: "CNY",
  columns: { SN: "terminal", Time: "at", Trace: "id", Result: "outcome", Code: "code" },
}
export const terminalProfile = {
  name: "stock list",
  kind: "terminals",
  columns: { SN: "serial", Shop: "store" },
}
export const reach = { merchants: [], regions: [], stores: [40001] }
export const supplier = {
  name: "Harbour Terminals",
  isManufacturer: false,
  isSupplier: true,
  contactPhone: "+86 21 5555 0100",
  warrantyMonths: 24,
}
export const model = { name: "A920", manufacturer: 40021 }
export const approval = {
  model: 40005,
  kind: "pci_pts",
  reference: "4-30310",
  useEndOn: "2030-04-30",
  source: "PCI SSC list",
  checkedOn: "2026-11-25",
}
export const release = { component: "app", version: "4.2.0", releasedOn: "2026-10-01" }
export const policy = { component: "app", minimumVersion: "4.2.0", dueOn: "2027-01-31" }
export const acquirer = { code: "UMS", name: "China UMS", feePercent: 0.6 }
export const store = {
  code: "SH-017",
  name: "Nanjing Road",
  merchantId: 40003,
  regionId: 40004,
  timeZone: "Asia/Shanghai",
  openingHours: { mon: [["09:00", "21:00"]] },
}
export const password = "three blue bicycles at dawn"
export const week = { from: "2026-11-16T00:00:00+08:00", to: "2026-11-23T00:00:00+08:00" }
export const heartbeat = {
  terminal: "serial a1",
  at: "2026-11-25T09:00:00+08:00",
  batteryPct: 83,
  networkType: "4g",
  printerStatus: "ok",
}
export const transaction = {
  terminal: "serial a1",
  id: "000123",
  at: "2026-11-25T09:00:30+08:00",
  outcome: "declined",
  code: "51",
  codeSystem: "unionpay",
  entryMode: "chip",
}
export const planDraft = {
  version: 0,
  text: {
    call: [{ who: "Acquirer's hotline", phone: "+86 95516" }],
    staff: "Do not restart terminals.",
    customers: "Card payments do not work at the moment.",
    otherWays: "Cash, or a wallet by QR code.",
    steps: [{ minute: 0, who: "Cashiers", what: "Say before the sale that cards do not work" }],
  },
}
export const codeTable = {
  type: "text/csv",
  text: "code,cause,subcause,remedy,meaning_en\n51,card,insufficient_funds,check_card,Insufficient funds\n",
}
export const vendorStatus = {
  id: "tmr_1",
  serial_number: "serial a1",
  status: "online",
  last_seen_at: 1_764_000_000_000,
  device_type: "stripe_s700",
}
