// Apart from the schemas, so that screens can use them without loading zod.

/** A store with fewer sales is not ranked by its failure rate. */
export const fewestSales = 30
