export type Clock = { hour: number; minute: number; second: number; millisecond: number }

export const midnight: Clock = { hour: 0, minute: 0, second: 0, millisecond: 0 }

const halfBefore = /(上午|下午|[aApP]\.?[mM]\.?)?\s*/
const hourAndMinute = /(\d{1,2})[:：时.](\d{1,2})/
const secondAndFraction = /(?:[:：分.](\d{1,2})(?:[.,:](\d{1,9}))?)?秒?\s*/
const halfAfter = /(?:分(?!\d)|([aApP])\.?[mM]\.?(?![a-z]))?/
const written = new RegExp(
  `^${[halfBefore, hourAndMinute, secondAndFraction, halfAfter].map(({ source }) => source).join("")}`,
)
const compact = /^(\d{2})(\d{2})(\d{2})(\d{3})?(?!\d)/

const within = (time: Clock): Clock | null =>
  time.hour < 24 && time.minute < 60 && time.second < 60 ? time : null

/** The meaning of four digits of a time of day without a leading zero, as the rest of the column shows. */
export type ShortClock = "HHmm" | "HHmmss"

/** Digits only; a spreadsheet may have dropped leading zeros. */
function ofDigits(digits: string, short: ShortClock | undefined): Clock | null {
  const isMinutes = digits.length <= 4 && (short === "HHmm" || /^0\d{3}$/.test(digits))
  if (digits.length <= 4 && !isMinutes && short !== "HHmmss") return null
  const padded = isMinutes ? `${digits.padStart(4, "0")}00` : digits.padStart(6, "0")
  return within({
    hour: Number(padded.slice(0, 2)),
    minute: Number(padded.slice(2, 4)),
    second: Number(padded.slice(4, 6)),
    millisecond: 0,
  })
}

/** A time of day at the start of a text, and the text after it. */
export function readClock(text: string, short?: ShortClock): { clock: Clock; rest: string } | null {
  if (/^\d{1,5}$/.test(text)) {
    const clock = ofDigits(text, short)
    return clock && { clock, rest: "" }
  }
  const match = compact.exec(text)
  if (match) {
    const clock = within({
      hour: Number(match[1]),
      minute: Number(match[2]),
      second: Number(match[3]),
      millisecond: Number(match[4] ?? 0),
    })
    return clock && { clock, rest: text.slice(match[0].length) }
  }
  return ofText(text)
}

function ofText(text: string): { clock: Clock; rest: string } | null {
  const match = written.exec(text)
  if (!match) return null
  const half = (match[1] ?? match[6] ?? "")
    .replace("上午", "a")
    .replace("下午", "p")
    .slice(0, 1)
    .toLowerCase()
  const hour = Number(match[2])
  if (half !== "" && hour > 12 && half === "a") return null
  const clock = within({
    hour: half === "p" && hour < 12 ? hour + 12 : half === "a" && hour === 12 ? 0 : hour,
    minute: Number(match[3]),
    second: Number(match[4] ?? 0),
    millisecond: Math.floor(Number(`0.${match[5] ?? "0"}`) * 1000),
  })
  return clock && { clock, rest: text.slice(match[0].length) }
}
