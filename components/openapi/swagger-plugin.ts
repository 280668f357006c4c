import type SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js"

const Nothing = () => null

/** Adapts Swagger UI to our page. */
export const swaggerPlugin: SwaggerUI.Plugin = ({ fn: { getSampleSchema } }) => ({
  wrapComponents: {
    // Our page has its own title, and there is only one server.
    InfoContainer: () => Nothing,
    ServersContainer: () => Nothing,
    // One key works for every call, so it is asked for once at the top.
    authorizeOperationBtn: () => Nothing,
  },
  // The browser sends the session cookie itself.
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
  // Swagger UI would treat NDJSON as JSON and quote it as one string.
  fn: {
    getSampleSchema: (schema, type, config, example) =>
      type === "application/x-ndjson" ? example : getSampleSchema(schema, type, config, example),
  },
})
