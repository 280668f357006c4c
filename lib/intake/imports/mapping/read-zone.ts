import { FixedOffsetZone, IANAZone, type Zone } from "luxon"

/** Offsets from UTC in hours, for names that mean the same zone everywhere. */
const named: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  北京时间: 8,
  bjt: 8,
  hkt: 8,
  sgt: 8,
  awst: 8,
  jst: 9,
  kst: 9,
  ict: 7,
  wib: 7,
  msk: 3,
  eest: 3,
  eet: 2,
  cest: 2,
  cet: 1,
  west: 1,
  wet: 0,
  edt: -4,
  est: -5,
  cdt: -5,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
}

/** Names that mean several zones, by the start of the file's own zone. */
const several: Record<string, readonly [own: RegExp, hours: number][]> = {
  cst: [
    [/^(?:Asia\/(?:Shanghai|Chongqing|Taipei|Macau|Harbin)|PRC)/, 8],
    [/^(?:America|US)\//, -6],
  ],
  ist: [
    [/^Asia\/(?:Kolkata|Calcutta)/, 5.5],
    [/^Europe\/Dublin/, 1],
    [/^Asia\/Jerusalem/, 2],
  ],
  bst: [
    [/^Europe\/London/, 1],
    [/^Asia\/Dhaka/, 6],
  ],
}

const offset = /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/
const bracketed = /\s*[[(]([^\])]*)[\])]$/

/**
 * The zone after a time in a file of the zone `own`; null if it is unknown. A zone in brackets is used if
 * there is no other.
 */
export function zoneOf(text: string, own: string): Zone | null {
  const inBrackets = bracketed.exec(text)
  const plain = (inBrackets ? text.slice(0, inBrackets.index) : text).trim().toLowerCase()
  if (plain === "" && inBrackets?.[1]) return zoneOf(inBrackets[1], own) ?? ianaZone(inBrackets[1])
  const match = offset.exec(plain.replace("\u2212", "-"))
  if (match) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
    return minutes <= 14 * 60 && Number(match[3] ?? 0) < 60
      ? FixedOffsetZone.instance(match[1] === "-" ? -minutes : minutes)
      : null
  }
  const hours = named[plain] ?? several[plain]?.find(([pattern]) => pattern.test(own))?.[1]
  return hours === undefined ? null : FixedOffsetZone.instance(hours * 60)
}

const ianaZone = (name: string): Zone | null => (IANAZone.isValidZone(name) ? IANAZone.create(name) : null)
