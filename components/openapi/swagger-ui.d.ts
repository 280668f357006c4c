/** Types for the parts of Swagger UI that we use. The package has none. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  function SwaggerUI(options: {
    domNode: HTMLElement
    url: string
    validatorUrl: null
    docExpansion: "list" | "full" | "none"
    defaultModelsExpandDepth: number
    filter: boolean
    tryItOutEnabled: boolean
    plugins: SwaggerUI.Plugin[]
  }): void

  namespace SwaggerUI {
    type Samples = {
      getSampleSchema: (schema: unknown, type: string, config: unknown, example: unknown) => unknown
    }
    type Schemes = { filter: (isWanted: (scheme: { has: (name: string) => boolean }) => boolean) => Schemes }
    type SchemesSelector = (...given: unknown[]) => Schemes
    type Plugin = (system: { fn: Samples }) => {
      fn: Samples
      wrapComponents: Record<string, () => () => null>
      statePlugins: {
        auth: { wrapSelectors: { definitionsToAuthorize: (original: SchemesSelector) => SchemesSelector } }
      }
    }
  }

  export = SwaggerUI
}
