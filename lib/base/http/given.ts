/** The parts of a view that are set, for an API's query. */
export const given = <View extends Record<string, unknown>>(view: View) =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== null && value !== "")) as {
    [Name in keyof View]?: NonNullable<View[Name]>
  }
