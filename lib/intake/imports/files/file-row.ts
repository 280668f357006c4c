/** A file with more columns is rejected. */
export const mostColumns = 500

/**
 * A row of a file. `line` is the row number that a spreadsheet shows. An editor shows the same if no cell has
 * a line break.
 */
export type FileRow = { line: number; cells: string[] }
