import { inBothLanguages as both } from "@/lib/base/names/names"
import { demoDays } from "@/lib/run/demo/run"
import type { Run } from "@/lib/run/simulation/world/run"

// The demo's catalogue: made-up prices, dates and suppliers of what the simulator's terminals are and run.

/** Made-up prices. */
export const demoTerms = {
  lakala: { feePercent: 0.6, terminalPriceMinor: 29_900, depositMinor: 0 },
  shengpay: { feePercent: 0.55, terminalPriceMinor: 0, depositMinor: 19_900 },
  ums: { feePercent: 0.52, feeNote: "≤\u00a0¥20", terminalPriceMinor: 49_900, depositMinor: 0 },
} as const

export const demoSuppliers = [
  { name: both("演示终端制造", "Demo Terminal Works"), warrantyMonths: 36 },
  { name: both("演示支付设备", "Demo Payment Devices"), warrantyMonths: 12 },
] as const

export const demoModels = [
  { name: "P100", supplier: 0, deployEndInDays: 520, useEndInDays: null },
  { name: "P200", supplier: 0, deployEndInDays: 1900, useEndInDays: null },
  { name: "P300", supplier: 1, deployEndInDays: -165, useEndInDays: 200 },
  { name: "P400", supplier: 1, deployEndInDays: -770, useEndInDays: -40 },
  { name: "P500", supplier: 0, deployEndInDays: 1900, useEndInDays: null },
  { name: "P600", supplier: 1, deployEndInDays: 900, useEndInDays: null },
] as const

/** The least firmware that is asked for, by model. */
export const demoPolicies = [
  { model: "P100", minimumVersion: "1.3.0" },
  { model: "P200", minimumVersion: "2.3.0" },
] as const

type DemoRelease = {
  component: "firmware" | "app" | "os" | "emvKernel"
  version: string
  releasedDaysAgo: number
  supportEndInDays: number | null
}

/** Versions that the demo's terminals run. */
export const demoReleases = ({ troubles }: Run): DemoRelease[] => [
  ...troubles.badReleases.map(({ component, version, from }) => ({
    component,
    version,
    releasedDaysAgo: demoDays - from + 1,
    supportEndInDays: null,
  })),
  ...demoModels.flatMap((_, i): DemoRelease[] => [
    { component: "firmware", version: `${i + 1}.4.0`, releasedDaysAgo: 70, supportEndInDays: null },
    { component: "firmware", version: `${i + 1}.3.0`, releasedDaysAgo: 230, supportEndInDays: null },
    { component: "firmware", version: `${i + 1}.2.0`, releasedDaysAgo: 420, supportEndInDays: 60 },
  ]),
  { component: "app", version: "5.2.1", releasedDaysAgo: 65, supportEndInDays: null },
  { component: "os", version: "Android 10", releasedDaysAgo: 1500, supportEndInDays: 300 },
  { component: "emvKernel", version: "4.3k", releasedDaysAgo: 900, supportEndInDays: null },
]
