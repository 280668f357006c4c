import { inBothLanguages as both } from "@/lib/base/names/names"
import type { HoursExceptions, OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { Random } from "@/lib/run/simulation/random"

// The demo's fleet: made-up merchants and stores with sixty terminals. Everything depends on the seed.

export const demoZone = "Asia/Shanghai"

export type DemoStore = {
  code: string
  name: string
  merchant: string
  closesOnHolidays: boolean
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
  {
    name: both("鲜源超市", "Fresh Spring Market"),
    code: "XY",
    closesOnHolidays: false,
    opens: 7,
    closes: 22,
    stores: 8,
    salesPerDay: 70,
  },
  {
    name: both("木棉咖啡", "Kapok Coffee"),
    code: "MM",
    closesOnHolidays: true,
    opens: 8,
    closes: 21,
    stores: 7,
    salesPerDay: 50,
  },
  {
    name: both("康和药房", "Kanghe Pharmacy"),
    code: "KH",
    closesOnHolidays: false,
    opens: 9,
    closes: 21,
    stores: 5,
    salesPerDay: 30,
  },
] as const

const districts = [
  {
    region: both("华东", "East China"),
    zh: ["上海", "静安寺"],
    en: ["Shanghai", "Jing'an Temple"],
    at: [31.2237, 121.4453],
  },
  {
    region: both("华东", "East China"),
    zh: ["上海", "徐家汇"],
    en: ["Shanghai", "Xujiahui"],
    at: [31.1955, 121.437],
  },
  {
    region: both("华东", "East China"),
    zh: ["杭州", "武林"],
    en: ["Hangzhou", "Wulin"],
    at: [30.2765, 120.164],
  },
  {
    region: both("华东", "East China"),
    zh: ["南京", "新街口"],
    en: ["Nanjing", "Xinjiekou"],
    at: [32.042, 118.784],
  },
  {
    region: both("华东", "East China"),
    zh: ["苏州", "观前街"],
    en: ["Suzhou", "Guanqian Street"],
    at: [31.312, 120.626],
  },
  {
    region: both("华南", "South China"),
    zh: ["广州", "天河"],
    en: ["Guangzhou", "Tianhe"],
    at: [23.133, 113.327],
  },
  {
    region: both("华南", "South China"),
    zh: ["深圳", "南山"],
    en: ["Shenzhen", "Nanshan"],
    at: [22.533, 113.93],
  },
  {
    region: both("华南", "South China"),
    zh: ["深圳", "罗湖"],
    en: ["Shenzhen", "Luohu"],
    at: [22.548, 114.117],
  },
  {
    region: both("华北", "North China"),
    zh: ["北京", "望京"],
    en: ["Beijing", "Wangjing"],
    at: [39.996, 116.47],
  },
  {
    region: both("华北", "North China"),
    zh: ["北京", "中关村"],
    en: ["Beijing", "Zhongguancun"],
    at: [39.983, 116.315],
  },
  {
    region: both("华北", "North China"),
    zh: ["天津", "滨江道"],
    en: ["Tianjin", "Binjiang Road"],
    at: [39.119, 117.195],
  },
  {
    region: both("西南", "Southwest China"),
    zh: ["成都", "春熙路"],
    en: ["Chengdu", "Chunxi Road"],
    at: [30.657, 104.079],
  },
  {
    region: both("西南", "Southwest China"),
    zh: ["重庆", "解放碑"],
    en: ["Chongqing", "Jiefangbei"],
    at: [29.557, 106.577],
  },
] as const

const managers = [
  both("王店长", "Manager Wang"),
  both("李店长", "Manager Li"),
  both("张店长", "Manager Zhang"),
  both("刘店长", "Manager Liu"),
  both("陈店长", "Manager Chen"),
  both("杨店长", "Manager Yang"),
  both("赵店长", "Manager Zhao"),
  both("黄店长", "Manager Huang"),
] as const

const acquirers = ["lakala", "shengpay", "ums"] as const
const codeSystems = { lakala: "unionpay", shengpay: "unionpay", ums: "ums-mispos" } as const

/** Made-up prices. */
export const demoTerms = {
  lakala: { feePercent: 0.6, terminalPriceMinor: 29_900, depositMinor: 0 },
  shengpay: { feePercent: 0.55, terminalPriceMinor: 0, depositMinor: 19_900 },
  ums: { feePercent: 0.52, feeNote: "≤ ¥20", terminalPriceMinor: 49_900, depositMinor: 0 },
} as const

export const demoSuppliers = [
  { name: both("演示终端制造", "Demo Terminal Works"), warrantyMonths: 36 },
  { name: both("演示支付设备", "Demo Payment Devices"), warrantyMonths: 12 },
] as const

export const demoModels = [
  { name: "TW-A8", share: 24, supplier: 0, deployEndInDays: 520, useEndInDays: null },
  { name: "TW-A9", share: 16, supplier: 0, deployEndInDays: 1900, useEndInDays: null },
  { name: "TW-M3", share: 12, supplier: 1, deployEndInDays: -165, useEndInDays: 200 },
  { name: "TW-D2", share: 8, supplier: 1, deployEndInDays: -770, useEndInDays: -40 },
] as const

/** Versions that the demo's terminals run, with made-up dates. */
export const demoReleases = [
  { component: "firmware", version: "2.1.4", releasedDaysAgo: 70, supportEndInDays: null },
  { component: "firmware", version: "2.0.9", releasedDaysAgo: 420, supportEndInDays: 60 },
  { component: "app", version: "5.3.0", releasedDaysAgo: 7, supportEndInDays: null },
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
  return merchants.flatMap(({ name, code, closesOnHolidays, opens, closes, stores, salesPerDay }) =>
    Array.from({ length: stores }, (_, i) => {
      const { region, zh, en, at } = districts[place % districts.length] ?? districts[0]
      place += 1
      const random = new Random(seed, "store", place)
      const around = new Random(seed, "position", place)
      const number = 10 + random.below(300)
      const near = (degrees: number) => Number((degrees + (around.unit() - 0.5) / 100).toFixed(5))
      return {
        code: `${code}${String(i + 1).padStart(2, "0")}`,
        name: both(`${zh.join("")}店`, en.join(" ")),
        merchant: name,
        closesOnHolidays,
        region,
        address: both(`${zh[0]}市${zh[1]}${number}号`, `${number} ${en[1]} ${en[0]}`),
        latitude: near(at[0]),
        longitude: near(at[1]),
        contactName: around.pick(managers),
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
