/** The name of the demo's organisation. Screens show it in the reader's language. */
export const demoName = "Tillwatch 演示"
