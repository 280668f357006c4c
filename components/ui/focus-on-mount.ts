/** A ref that focuses a field when its form opens, unless somebody already types into another one. */
export const focusOnMount = (field: HTMLInputElement | null): void => {
  if (!(document.activeElement instanceof HTMLInputElement)) field?.focus()
}
