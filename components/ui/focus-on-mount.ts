/** A ref that focuses a field when its form opens. */
export const focusOnMount = (field: HTMLInputElement | null): void => field?.focus()
