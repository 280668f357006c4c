/** A ref that scrolls the link of the open page into view on narrow screens. */
export const bringIntoView = (link: HTMLElement | null): void =>
  link?.scrollIntoView({ block: "nearest", inline: "center" })
