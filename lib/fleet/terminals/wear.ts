/** Per cent of the storage. Updates and offline sales need free storage. */
export const storageFullAt = 90
export const storageFreeBelow = 85

/** Per cent of a battery's capacity when new. Common practice: watch from 80 on, replace at 70. */
export const batteryWornAt = 70
export const batteryGoodFrom = 75
