"use client"

import "swagger-ui-dist/swagger-ui.css"
import { useComputedColorScheme } from "@mantine/core"
import { useEffect, useRef } from "react"
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js"
import { swaggerPlugin } from "@/components/openapi/swagger-plugin"
import classes from "@/components/openapi/swagger.module.css"

/** Swagger UI in our colour scheme. */
export function Swagger({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null)
  const colorScheme = useComputedColorScheme("light", { getInitialValueInEffect: false })
  useEffect(() => {
    const domNode = document.createElement("div")
    place.current?.append(domNode)
    // By default it sends the document to a validator on another host.
    SwaggerUI({
      domNode,
      url,
      validatorUrl: null,
      docExpansion: "list",
      defaultModelsExpandDepth: -1,
      filter: true,
      tryItOutEnabled: true,
      plugins: [swaggerPlugin],
    })
    return () => domNode.remove()
  }, [url])
  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", colorScheme === "dark")
    return () => document.documentElement.classList.remove("dark-mode")
  }, [colorScheme])
  return <div ref={place} className={classes["place"]} />
}
