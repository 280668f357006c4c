import { useEffect } from "react"

/** What opened the dialog. An item of a menu is gone by now, so its menu's button stands for it. */
function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby")
  const opener = button ? document.getElementById(button) : focused
  return opener instanceof HTMLElement ? opener : null
}

/**
 * Returns the focus to what opened a dialog or drawer when it closes. Mantine does so only if it stays
 * mounted.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    const opener = openerOf(document.activeElement)
    return () => {
      // The closing dialog still holds the focus until its own effects have ended.
      setTimeout(() => {
        if (opener?.isConnected) opener.focus({ preventScroll: true })
      })
    }
  }, [])
}
