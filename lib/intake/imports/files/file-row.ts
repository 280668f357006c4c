/**
 * A row of a file. `line` is the row number that a spreadsheet shows. An editor shows the same if no cell has
 * a line break.
 */
export type FileRow = { line: number; cells: string[] }
