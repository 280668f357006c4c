import { describe, expect, test } from "vitest"
import { readVendor } from "@/tests/support/read-vendor"

describe("PAXSTORE", () => {
  const at = Date.parse("2026-11-24T01:30:00Z")

  test.each([
    [
      "bytes are percent of the whole",
      {
        totalStorageUsage: 301_666_304,
        totalStorage: 3_984_334_848,
        totalRamUsage: 596_234_240,
        totalRAM: 908_165_120,
      },
      { storageUsedPct: 7.6, memoryUsedPct: 65.7 },
    ],
    ["a whole that is not known gives no percent", { totalStorageUsage: 301_666_304 }, {}],
    ["1 is one percent of the CPU", { totalCpuUsage: 1 }, { cpuPct: 1 }],
    ["battery is percent", { battery: 87.5 }, { batteryPct: 87.5 }],
    ["networks", { network: "NETWORK_WIFI" }, { networkType: "wifi" }],
    ["mobile networks", { network: "4G" }, { networkType: "4g" }],
    ["an unknown network is none", { network: "UNKNOWN" }, {}],
    ["another network is other", { network: "LORA" }, { networkType: "other" }],
  ])("%s", (_name, fields, beat) => {
    expect(readVendor("paxstore", { serialNo: "SN1", lastAccessTime: at, ...fields })).toEqual([
      { serial: "SN1", beat: { at: "2026-11-24T01:30:00.000Z", ...beat } },
    ])
  })

  test("zones have POSIX signs: Etc/GMT-8 is east of Greenwich", () => {
    expect(
      readVendor("paxstore", { serialNo: "SN1", time: "2026-11-24 09:30:00", timezone: "Etc/GMT-8" }),
    ).toEqual([{ serial: "SN1", beat: { at: "2026-11-24T09:30:00.000+08:00" } }])
  })

  test("rejects a local time without a zone", () => {
    expect(readVendor("paxstore", { serialNo: "SN1", time: "2026-11-24 09:30:00" })).toEqual([
      expect.stringContaining("timezone"),
    ])
  })

  test("reads pages, single answers and bundles of answers", () => {
    const terminal = { serialNo: "SN1", modelName: "A920", tid: "T1", merchantName: "KFC" }
    const known = { serial: "SN1", model: "A920", tid: "T1", merchant: "KFC" }
    expect(readVendor("paxstore", { businessCode: 0, pageInfo: { dataSet: [terminal] } })).toEqual([known])
    expect(readVendor("paxstore", { businessCode: 0, data: terminal })).toEqual([known])
    expect(
      readVendor("paxstore", {
        one: { businessCode: 0, data: terminal },
        two: { businessCode: 0, data: { totalCpuUsage: 1 } },
      }),
    ).toEqual([known, expect.stringContaining("serialNo")])
  })

  test("a usage answer belongs to the terminal named beside it", () => {
    expect(
      readVendor("paxstore", {
        businessCode: 0,
        serialNo: "SN1",
        lastAccessTime: at,
        data: { totalCpuUsage: 3 },
      }),
    ).toEqual([{ serial: "SN1", beat: { at: "2026-11-24T01:30:00.000Z", cpuPct: 3 } }])
  })
})

describe("tables of GoInsight", () => {
  const cell = (colName: string, value: unknown) => ({ colName, value })
  const table = (...rows: unknown[]) => ({
    businessCode: 0,
    data: { worksheetName: "w", columns: [{ colName: "serialNo" }], rows },
  })

  test("are read row by row; their numbers are text", () => {
    expect(
      readVendor(
        "paxstore",
        table(
          [
            cell("serialNo", "0047"),
            cell("battery", "41.5"),
            cell("time", "2026-11-28 11:00:00"),
            cell("timezone", "Etc/GMT-8"),
          ],
          [cell("serialNo", "0048"), cell("battery", ""), cell("modelName", null)],
          [cell("battery", "9")],
        ),
      ),
    ).toEqual([
      { serial: "0047", beat: { at: "2026-11-28T11:00:00.000+08:00", batteryPct: 41.5 } },
      { serial: "0048" },
      expect.stringContaining("serialNo"),
    ])
  })

  test("a page may be called dataset as well as dataSet", () => {
    const known = [{ serial: "SN1" }]
    for (const name of ["dataset", "dataSet"]) {
      expect(readVendor("paxstore", { pageInfo: { [name]: [{ serialNo: "SN1" }] } })).toEqual(known)
      expect(readVendor("paxstore", { [name]: [{ serialNo: "SN1" }] })).toEqual(known)
    }
  })
})
