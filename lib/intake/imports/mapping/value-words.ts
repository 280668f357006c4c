import type { Target } from "@/lib/intake/imports/mapping/targets"

/** The word for each text. */
export const spelled = (words: Record<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([value, texts]) => [value, ...texts].map((text) => [text, value])),
  )

/** The texts that files have for the contract's words. */
export const valueWords: Partial<Record<Target, Record<string, string>>> = {
  entryMode: {
    ...spelled({
      chip: [
        "插卡",
        "IC",
        "IC卡",
        "芯片",
        "芯片卡",
        "接触式",
        "接触",
        "插入",
        "Chip",
        "CHIP",
        "051",
        "05",
        "5",
        "052",
        "950",
      ],
      contactless: [
        "挥卡",
        "非接",
        "非接触",
        "非接触式",
        "闪付",
        "云闪付",
        "感应",
        "Contactless",
        "NFC",
        "071",
        "07",
        "7",
        "072",
        "91",
        "911",
      ],
      swipe: ["刷卡", "磁条", "磁条卡", "Swipe", "MSR", "021", "02", "2", "022", "90", "901"],
      fallback: ["降级", "降级刷卡", "Fallback", "801", "80", "802"],
      manual: ["手输", "手工", "手工输入", "键入", "Manual", "011", "01", "1", "012"],
      qr: ["扫码", "二维码", "条码", "主扫", "被扫", "QR", "031", "03", "3", "032"],
      ecommerce: ["线上", "网上", "Online", "Ecommerce"],
    }),
    "*": "",
  },
  networkType: {
    ...spelled({
      wifi: ["WiFi", "WIFI", "Wi-Fi", "无线"],
      ethernet: ["以太网", "有线", "Ethernet", "LAN"],
      "5g": ["5G"],
      "4g": ["4G", "LTE"],
      "3g": ["3G"],
      "2g": ["2G", "GPRS"],
    }),
    "*": "other",
  },
  printerStatus: spelled({
    ok: ["正常", "OK", "Ok"],
    paper_low: ["纸将尽", "少纸"],
    no_paper: ["缺纸", "无纸"],
    jam: ["卡纸"],
    cover_open: ["开盖", "纸舱打开"],
    overheated: ["过热"],
    out_of_order: ["故障", "异常"],
  }),
}
