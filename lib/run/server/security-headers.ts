/** Two years; the preload lists of browsers require at least one. */
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

/** Headers of the API, whose answers are never pages. */
export const apiHeaders = (isHttps: boolean): Record<string, string> => ({
  ...everywhere,
  ...onHttps(isHttps),
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
})

/**
 * Headers of pages. Scripts and style elements need the nonce, and scripts pass it on to those that they
 * load. Style attributes cannot have a nonce, so they are allowed: widgets and charts use them for
 * positions.
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
