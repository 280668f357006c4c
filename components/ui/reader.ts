"use client"

import { createContext, use } from "react"

const Reader = createContext("")

/** Provides the id of the signed-in user. */
export const ReaderProvider = Reader.Provider

/** The id of the signed-in user, for settings that are stored in the browser. */
export const useReader = (): string => use(Reader)
