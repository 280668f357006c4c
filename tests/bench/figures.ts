/** What a benchmark measured, by name. */
export type Figures = Record<string, number | string>
