/** A ref that scrolls its element into view. */
export const bringIntoView = (element: HTMLElement | null): void =>
  element?.scrollIntoView({ block: "nearest", inline: "center" })
