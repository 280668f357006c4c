"use client"

import { createContext, use } from "react"

/** The organisation's time zone, and the one that the user chose instead. */
export type Zones = { organisation: string; own: string | null }

const Reader = createContext<{ id: string; zones: Zones }>({
  id: "",
  zones: { organisation: "UTC", own: null },
})

/** Provides the signed-in user. */
export const ReaderProvider = Reader.Provider

/** The id of the signed-in user, for settings that are stored in the browser. */
export const useReader = (): string => use(Reader).id

export const useZones = (): Zones => use(Reader).zones
