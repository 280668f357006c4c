import { describe, expect, test } from "vitest"
import { locales } from "@/lib/base/i18n/locale"
import { screenNames, screenOf } from "@/lib/insight/diagnoses/screens"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"

describe("what a screen says", () => {
  test.each(locales)("is known by the names that the page offers, in %s", (locale) => {
    const t = diagnosisWords(locale)
    for (const name of screenNames)
      expect([name, screenOf(t(`screens.${name}`))?.subcause]).toEqual([name, name])
  })

  test.each([
    ["TIMED OUT, TRY AGAIN", "communication_failure"],
    ["网络异常，请检查网络", "communication_failure"],
    ["DO NOT HONOUR", "issuer_generic_decline"],
    ["CHIP MALFUNCTION: READ ERROR", "card_read_error"],
    ["芯片读取失败", "card_read_error"],
    ["请重新签到", "terminal_not_signed_in"],
    ["INCORRECT PIN, 2 TRIES LEFT", "wrong_pin"],
    ["交易金额超限", "amount_over_limit"],
    ["余额不足", "insufficient_funds"],
    ["机器已触发，请联系服务商", "tamper_detected"],
    ["此卡无法交易", undefined],
    ["Transaction failed", undefined],
    ["", undefined],
  ])("%s means %s", (text, subcause) => {
    expect(screenOf(text)?.subcause).toBe(subcause)
  })
})
