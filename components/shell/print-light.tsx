"use client"

import { useEffect } from "react"

const scheme = "data-mantine-color-scheme"

/** Prints every page in light colours, whatever the theme. */
export function PrintLight() {
  useEffect(() => {
    const root = document.documentElement
    let chosen: string | null = null
    const begin = () => {
      chosen = root.getAttribute(scheme)
      root.setAttribute(scheme, "light")
    }
    const end = () => {
      if (chosen !== null) root.setAttribute(scheme, chosen)
    }
    window.addEventListener("beforeprint", begin)
    window.addEventListener("afterprint", end)
    return () => {
      window.removeEventListener("beforeprint", begin)
      window.removeEventListener("afterprint", end)
    }
  }, [])
  return null
}
