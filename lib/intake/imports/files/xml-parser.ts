import { Parser } from "htmlparser2"
import { brokenWorkbook } from "@/lib/intake/imports/files/open-zip"

/**
 * Handlers for the elements of a part. Names have no prefixes, because the prefixes differ between writers.
 */
export type XmlHandler = {
  open: (name: string, attributes: Record<string, string>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** No part of a workbook is nested this deeply, and the parser's time grows with the depth. */
const deepest = 64

const withoutPrefix = (name: string) => name.slice(name.indexOf(":") + 1)

/** An XML parser that reads a part in pieces. */
export function xmlParser({ open, text, close }: XmlHandler): Parser {
  let depth = 0
  return new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1
        if (depth > deepest) throw brokenWorkbook()
        open(withoutPrefix(name), attributes)
      },
      ontext: (data) => text?.(data),
      onclosetag: (name) => {
        depth -= 1
        close?.(withoutPrefix(name))
      },
    },
    { xmlMode: true },
  )
}
