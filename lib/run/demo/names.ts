import { inBothLanguages as both } from "@/lib/base/names/names"
import type { HoursExceptions, OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { Random } from "@/lib/run/simulation/random"
import type { Store } from "@/lib/run/simulation/world/fleet"

// Made-up names, places and people for the simulator's stores, in both languages.

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
  hours: OpeningHours
  holidays: HoursExceptions
}

const merchants = [
  { name: both("鲜源超市", "Fresh Spring Market"), closesOnHolidays: false },
  { name: both("木棉咖啡", "Kapok Coffee"), closesOnHolidays: true },
  { name: both("康和药房", "Kanghe Pharmacy"), closesOnHolidays: false },
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

const sameEveryDay = (opens: number, closes: number): OpeningHours => {
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`
  return Object.fromEntries(weekdays.map((day) => [day, [[clock(opens), clock(closes)]]]))
}

/** Opening hours on New Year's Eve of `year` (shorter) and on New Year's Day (closed). */
const demoHolidays = (year: number, { opens }: Pick<Store, "opens">): HoursExceptions => ({
  [`${year}-12-31`]: [[`${String(opens).padStart(2, "0")}:00`, "17:00"]],
  [`${year + 1}-01-01`]: [],
})

/** The simulator's store with a name and a place. Merchants are numbered from 1 on: M001. */
export function demoStoreOf(store: Store, year: number): DemoStore {
  const { region, zh, en, at } = districts[store.index % districts.length] ?? districts[0]
  const merchant = merchants[Number(store.merchant.slice(1)) - 1] ?? merchants[0]
  const random = new Random("demo", "store", store.index)
  const number = 10 + random.below(300)
  const near = (degrees: number) => Number((degrees + (random.unit() - 0.5) / 100).toFixed(5))
  return {
    code: store.code,
    name: both(`${zh.join("")}店`, en.join(" ")),
    merchant: merchant.name,
    region,
    address: both(`${zh[0]}市${zh[1]}${number}号`, `${number} ${en[1]} ${en[0]}`),
    latitude: near(at[0]),
    longitude: near(at[1]),
    contactName: random.pick(managers),
    contactPhone: `400-555-${String(101 + store.index).padStart(4, "0")}`,
    hours: sameEveryDay(store.opens, store.closes),
    holidays: merchant.closesOnHolidays ? demoHolidays(year, store) : {},
  }
}
