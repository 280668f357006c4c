import type { Rule } from "@/lib/insight/flags/rule"

/** The printer is out of order. Paper is the store's own task and raises no flag. */
export const printerFault: Rule = {
  name: "printer_fault",
  evaluate: ({ printerStatus }, { clock }) =>
    printerStatus === "out_of_order"
      ? { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [{ code: "printer_fault" }] }
      : null,
}
