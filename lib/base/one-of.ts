/** The value that a text names. Null if it names none, such as an emptied choice. */
export const oneOf = <Value extends string>(
  values: readonly Value[],
  text: string | null | undefined,
): Value | null => values.find((value) => value === text) ?? null
