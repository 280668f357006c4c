import { Ajv2020 } from "ajv/dist/2020.js"
import { routes } from "@/app/api/v1/openapi.json/routes"
import { documentOf, type Answers } from "@/lib/run/openapi/document"
import { ApiDocument } from "@/tests/support/api-document"

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })

/**
 * Differences between answers and the schemas of their calls in the OpenAPI document, in both directions.
 */
export function answerFaults(answers: Answers): string[] {
  const { paths } = ApiDocument.parse(documentOf(routes, answers))
  return Object.entries(answers).flatMap(([name, { type, body }]) => {
    const [method = "", path = ""] = name.split(" ")
    const schema = paths[path]?.[method.toLowerCase()]?.responses["200"]?.content?.[type]?.schema
    if (typeof schema !== "object" || schema === null) return [`${name}: no schema`]
    ajv.validate(schema, body)
    return (ajv.errors ?? []).map(
      ({ instancePath, message, params }) => `${name} ${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  })
}
