import type SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js"

const Nothing = () => null

/** What makes Swagger UI fit into our page. */
export const swaggerPlugin: SwaggerUI.Plugin = ({ fn: { getSampleSchema } }) => ({
  wrapComponents: {
    // Our page has a title of its own, and there is one server.
    InfoContainer: () => Nothing,
    ServersContainer: () => Nothing,
    // A key serves every call: it is asked for once, above them.
    authorizeOperationBtn: () => Nothing,
  },
  // The browser sends the session by itself, and nobody could type it in.
  statePlugins: {
    auth: {
      wrapSelectors: {
        definitionsToAuthorize:
          (original) =>
          (...given) =>
            original(...given).filter((scheme) => !scheme.has("session")),
      },
    },
  },
  // Swagger UI takes lines of JSON for JSON, and would quote them as one string.
  fn: {
    getSampleSchema: (schema, type, config, example) =>
      type === "application/x-ndjson" ? example : getSampleSchema(schema, type, config, example),
  },
})
