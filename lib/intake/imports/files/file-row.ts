/**
 * A row as it stands in a file. `line` is what a spreadsheet shows beside it, and an editor too where no cell
 * holds a line break.
 */
export type FileRow = { line: number; cells: string[] }
