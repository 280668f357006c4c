import iconv from "iconv-lite"
import { describe, expect, test } from "vitest"
import { decodeText } from "@/lib/intake/imports/files/decode-text"
import { encodingOf } from "@/lib/intake/imports/files/detect-encoding"
import type { Encoding } from "@/lib/intake/imports/words"

type Sample = { header: string; names: string[]; rest: string }

const samples: [Encoding, Sample][] = [
  ["utf8", { header: "序列号,型号,门店", names: ["南京东路店", "徐家汇店"], rest: "上海市黄浦区" }],
  ["utf8", { header: "serial,model,store", names: ["Köln Süd", "Café Société"], rest: "Hauptstraße" }],
  [
    "gb18030",
    { header: "序列号,型号,门店", names: ["南京东路店", "徐家汇店", "五角场店"], rest: "上海市黄浦区" },
  ],
  ["gb18030", { header: "serial,model,store", names: ["南京东路店", "徐家汇店"], rest: "SN" }],
  ["gb18030", { header: "terminal,outcome,remark", names: ["备注"], rest: "T1" }],
  [
    "big5",
    { header: "序號,型號,門店", names: ["臺北車站店", "信義旗艦店", "西門町店"], rest: "臺北市中正區" },
  ],
  ["big5", { header: "serial,model,store", names: ["臺北車站店", "高雄左營店"], rest: "SN" }],
  [
    "shiftjis",
    { header: "端末番号,機種,店舗", names: ["新宿駅前店", "ﾔﾏﾀﾞ電機", "ローソン"], rest: "東京都新宿区" },
  ],
  ["shiftjis", { header: "serial,model,store", names: ["新宿駅前店", "さくら薬局"], rest: "SN" }],
  [
    "windows1252",
    { header: "Seriennummer,Modell,Filiale", names: ["Köln Süd", "Ärztehaus Größe"], rest: "Hauptstraße" },
  ],
  ["windows1252", { header: "numéro,modèle,magasin", names: ["Hôtel de l’Épée", "Besançon"], rest: "12 €" }],
  ["windows1252", { header: "serial,model,store", names: ["Malmö Västra", "Åre", "Örebro"], rest: "SN" }],
  ["utf16le", { header: "序列号,型号,门店", names: ["南京东路店", "徐家汇店"], rest: "上海市" }],
  ["utf16le", { header: "serial,model,store", names: ["shop"], rest: "SN" }],
  ["utf16be", { header: "序列号,型号,门店", names: ["南京东路店"], rest: "上海市" }],
  ["utf16be", { header: "serial,model,store", names: ["shop"], rest: "SN" }],
]

const fileOf = ({ header, names, rest }: Sample, rows: number) =>
  [header, ...Array.from({ length: rows }, (_, i) => `A${i},${rest},${names[i % names.length]}`), ""].join(
    "\r\n",
  )

describe.each([1, 3, 200])("of %d rows", (rows) => {
  test.each(samples)("a file in %s is known (%j)", async (encoding, sample) => {
    const bytes = iconv.encode(fileOf(sample, rows), encoding, { addBOM: false })
    expect(await encodingOf(bytes)).toBe(encoding)
  })
})

test.each(["南京东路店", "一号店", "成功", "失败", "张三"])(
  "one name in GB18030 is known: %s",
  async (name) => {
    expect(await encodingOf(iconv.encode(`serial,store\r\nSN1,${name}\r\n`, "gb18030"))).toBe("gb18030")
  },
)

test.each(["Köln", "Café", "Größe", "Señor Núñez", "São Paulo", "Århus"])(
  "one name in Windows-1252 is known: %s",
  async (name) => {
    expect(await encodingOf(iconv.encode(`serial,store\r\nSN1,${name}\r\n`, "windows1252"))).toBe(
      "windows1252",
    )
  },
)

test("UTF-8 with a NUL in it stays UTF-8", async () => {
  expect(await encodingOf(Buffer.from("序列号,门店\r\nSN1,南京\0东路店\r\n"))).toBe("utf8")
})

test.each(["utf16le", "utf16be", "big5", "windows1252"] as const)(
  "a file in %s is read exactly in pieces of any size",
  async (encoding) => {
    const text = fileOf(
      samples.find(([name]) => name === encoding)?.[1] ?? { header: "", names: [], rest: "" },
      3,
    )
    const bytes = iconv.encode(text, encoding, { addBOM: false })
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
    }
    const found: Encoding[] = []
    let read = ""
    for await (const piece of decodeText(pieces(), { onEncoding: (one) => found.push(one) })) read += piece
    expect([read, found]).toEqual([text, [encoding]])
  },
)
