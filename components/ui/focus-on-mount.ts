/** A ref for the field that whoever opened a form came for. */
export const focusOnMount = (field: HTMLInputElement | null): void => field?.focus()
