/** How the demo's admin signs in. */
export const demoEmail = "demo@tillwatch.local"
