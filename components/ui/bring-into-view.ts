/** As the ref of a link in a row of them: on a phone the page that is open may stand beyond the edge. */
export const bringIntoView = (link: HTMLElement | null): void =>
  link?.scrollIntoView({ block: "nearest", inline: "center" })
