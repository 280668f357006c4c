import type { HoursExceptions, OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { Random } from "@/lib/run/simulation/random"

// The demo's fleet: made-up merchants and stores with sixty terminals. Everything depends on the seed.

export const demoZone = "Asia/Shanghai"

export type DemoStore = {
  code: string
  name: string
  merchant: string
  region: string
  address: string
  latitude: number
  longitude: number
  contactName: string
  contactPhone: string
  opens: number
  closes: number
  hours: OpeningHours
  operators: string[]
  salesPerDay: number
}
export type DemoTerminal = {
  index: number
  serial: string
  tid: string
  store: DemoStore
  acquirer: "lakala" | "shengpay" | "ums"
  codeSystem: string
  model: string
  /** How long after each quarter of an hour it sends its heartbeats. */
  beatOffsetSeconds: number
}

const merchants = [
  { name: "鲜源超市", code: "XY", opens: 7, closes: 22, stores: 8, salesPerDay: 70 },
  { name: "木棉咖啡", code: "MM", opens: 8, closes: 21, stores: 7, salesPerDay: 50 },
  { name: "康和药房", code: "KH", opens: 9, closes: 21, stores: 5, salesPerDay: 30 },
] as const

const districts = [
  ["华东", "上海", "静安寺", 31.2237, 121.4453],
  ["华东", "上海", "徐家汇", 31.1955, 121.437],
  ["华东", "杭州", "武林", 30.2765, 120.164],
  ["华东", "南京", "新街口", 32.042, 118.784],
  ["华东", "苏州", "观前街", 31.312, 120.626],
  ["华南", "广州", "天河", 23.133, 113.327],
  ["华南", "深圳", "南山", 22.533, 113.93],
  ["华南", "深圳", "罗湖", 22.548, 114.117],
  ["华北", "北京", "望京", 39.996, 116.47],
  ["华北", "北京", "中关村", 39.983, 116.315],
  ["华北", "天津", "滨江道", 39.119, 117.195],
  ["西南", "成都", "春熙路", 30.657, 104.079],
  ["西南", "重庆", "解放碑", 29.557, 106.577],
] as const

const surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"] as const

const acquirers = ["lakala", "shengpay", "ums"] as const
const codeSystems = { lakala: "unionpay", shengpay: "unionpay", ums: "ums-mispos" } as const

/** Made-up prices. */
export const demoTerms = {
  lakala: { feePercent: 0.6, terminalPriceMinor: 29_900, depositMinor: 0 },
  shengpay: { feePercent: 0.55, terminalPriceMinor: 0, depositMinor: 19_900 },
  ums: { feePercent: 0.52, feeNote: "≤ ¥20", terminalPriceMinor: 49_900, depositMinor: 0 },
} as const

export const demoSuppliers = [
  { name: "演示终端制造", warrantyMonths: 36 },
  { name: "演示支付设备", warrantyMonths: 12 },
] as const

export const demoModels = [
  { name: "智能 POS A8", share: 24, supplier: 0, deployEndInDays: 520, useEndInDays: null },
  { name: "智能 POS A9", share: 16, supplier: 0, deployEndInDays: 1900, useEndInDays: null },
  { name: "移动 POS M3", share: 12, supplier: 1, deployEndInDays: -165, useEndInDays: 200 },
  { name: "台式 POS D2", share: 8, supplier: 1, deployEndInDays: -770, useEndInDays: -40 },
] as const

/** Versions that the demo's terminals run, with made-up dates. */
export const demoReleases = [
  { component: "firmware", version: "2.1.4", releasedDaysAgo: 70, supportEndInDays: null },
  { component: "firmware", version: "2.0.9", releasedDaysAgo: 420, supportEndInDays: 60 },
  { component: "app", version: "5.2.1", releasedDaysAgo: 35, supportEndInDays: null },
  { component: "os", version: "Android 10", releasedDaysAgo: 1500, supportEndInDays: 300 },
  { component: "emvKernel", version: "4.3k", releasedDaysAgo: 900, supportEndInDays: null },
] as const

const sameEveryDay = (opens: number, closes: number): OpeningHours => {
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`
  return Object.fromEntries(weekdays.map((day) => [day, [[clock(opens), clock(closes)]]]))
}

function demoStores(seed: string): DemoStore[] {
  let place = 0
  return merchants.flatMap(({ name, code, opens, closes, stores, salesPerDay }) =>
    Array.from({ length: stores }, (_, i) => {
      const [region, city, district, latitude, longitude] =
        districts[place % districts.length] ?? districts[0]
      place += 1
      const random = new Random(seed, "store", place)
      const around = new Random(seed, "position", place)
      const near = (degrees: number) => Number((degrees + (around.unit() - 0.5) / 100).toFixed(5))
      return {
        code: `${code}${String(i + 1).padStart(2, "0")}`,
        name: `${city}${district}店`,
        merchant: name,
        region,
        address: `${city}市${district}${10 + random.below(300)}号`,
        latitude: near(latitude),
        longitude: near(longitude),
        contactName: `${around.pick(surnames)}店长`,
        contactPhone: `400-555-${String(100 + place).padStart(4, "0")}`,
        opens,
        closes,
        hours: sameEveryDay(opens, closes),
        operators: Array.from({ length: 3 + random.below(3) }, (_operator, n) =>
          String(n + 1).padStart(2, "0"),
        ),
        salesPerDay: salesPerDay * (0.6 + 0.8 * random.unit()),
      }
    }),
  )
}

const terminalCount = 60

/** Opening hours on New Year's Eve of `year` (shorter) and on New Year's Day (closed). */
export const demoHolidays = (year: number, { opens }: Pick<DemoStore, "opens">): HoursExceptions => ({
  [`${year}-12-31`]: [[`${String(opens).padStart(2, "0")}:00`, "17:00"]],
  [`${year + 1}-01-01`]: [],
})

/** Sixty terminals, three in each store, each with one acquirer. */
export function demoFleet(seed: string): DemoTerminal[] {
  const stores = demoStores(seed)
  const [first] = stores
  if (!first) return []
  let model = 0
  let ofModel = 0
  return Array.from({ length: terminalCount }, (_, index) => {
    const store = stores[index % stores.length] ?? first
    const acquirer = acquirers[Math.floor(index / stores.length + (index % 3)) % 3] ?? "ums"
    const current = demoModels[model] ?? demoModels[0]
    ofModel += 1
    if (ofModel === current.share) {
      model += 1
      ofModel = 0
    }
    return {
      index,
      serial: `TW${String(80_000 + index * 7)}`,
      tid: String(10_000_000 + index * 137),
      store,
      acquirer,
      codeSystem: codeSystems[acquirer],
      model: current.name,
      beatOffsetSeconds: new Random(seed, "beat", index).below(840),
    }
  })
}
