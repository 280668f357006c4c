import { createLoader, parseAsInteger, parseAsString } from "nuqs/server"

/** The search parameters of the list of trainings. */
export const trainingView = { store: parseAsInteger, cursor: parseAsString }
export const loadTrainingView = createLoader(trainingView)
