/** Per cent of the storage. Updates and offline sales need free storage. */
export const storageFullAt = 90
export const storageFreeBelow = 85

/** Per cent of a battery's capacity when new. Common practice: watch from 80 on, replace at 70. */
export const batteryWornAt = 70
export const batteryGoodFrom = 75

/** What vendors usually say of a printer's head and of readers, for models of which nothing is known. */
export const usualPrinterHeadKm = 50
export const usualChipInsertions = 500_000
export const usualSwipes = 500_000

/** A line of a receipt at the usual spacing, and the lines of a usual receipt. */
export const printedLineMm = 3.75
export const receiptLines = 30

/** A printer with errors in so many hours per 1,000 receipts is worn or dirty. */
export const printerErrorsAt = 5
/** A week with fewer receipts does not tell: this makes it two hours with errors. */
export const fewestReceipts = 400

/** A signal that became so much weaker, while others in the store did not, says that the antenna is bad. */
export const signalDropAt = 10
