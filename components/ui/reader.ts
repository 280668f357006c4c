"use client"

import { createContext, use } from "react"

const Reader = createContext("")

/** Says below itself who reads the page: a user's id. */
export const ReaderProvider = Reader.Provider

/** The id of the user who reads the page, for what the browser keeps for them. */
export const useReader = (): string => use(Reader)
