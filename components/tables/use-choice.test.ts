import { expect, test } from "vitest"
import { choiceOf } from "@/components/tables/use-choice"

test.each([
  ['{"hidden":["app"],"density":"compact"}', { hidden: ["app"], density: "compact" }],
  ['{"hidden":["app",7,null],"density":"huge"}', { hidden: ["app"], density: "comfortable" }],
  ['{"hidden":"app"}', { hidden: [], density: "comfortable" }],
  ["null", { hidden: [], density: "comfortable" }],
  ["nonsense", { hidden: [], density: "comfortable" }],
  [undefined, { hidden: [], density: "comfortable" }],
])("reads the valid parts of a stored choice: %s", (text, choice) => {
  expect(choiceOf(text)).toEqual(choice)
})
