import Bowser from "bowser"

const longestText = 80

/**
 * Reads browser and system from a user agent. If either is unknown, returns the shortened user agent too.
 */
export function deviceOf(userAgent: string | null): {
  browser: string | null
  system: string | null
  userAgent: string | null
} {
  if (!userAgent) return { browser: null, system: null, userAgent: null }
  const { browser, os } = Bowser.parse(userAgent)
  const [name, system] = [browser.name || null, os.name || null]
  return { browser: name, system, userAgent: name && system ? null : userAgent.slice(0, longestText) }
}
