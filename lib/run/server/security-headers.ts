/** Far more than half a year: browsers' own lists of hosts ask for it. */
const hstsSeconds = 2 * 365 * 86_400

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
}

const onHttps = (isHttps: boolean) =>
  isHttps ? { "strict-transport-security": `max-age=${hstsSeconds}; includeSubDomains` } : {}

/** What every answer of the API says: it is data, and no page at all. */
export const apiHeaders = (isHttps: boolean): Record<string, string> => ({
  ...everywhere,
  ...onHttps(isHttps),
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
})

/**
 * What every page says. Scripts run by their nonce alone, which those that they load inherit; style elements
 * need it too. Style attributes cannot carry one, and widgets and charts are placed by them.
 */
export const pageHeaders = (nonce: string, isHttps: boolean): Record<string, string> => ({
  ...everywhere,
  ...onHttps(isHttps),
  "content-security-policy": pagePolicy(nonce, isHttps),
})

const pagePolicy = (nonce: string, isHttps: boolean): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ")
