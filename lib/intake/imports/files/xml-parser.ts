import { Parser } from "htmlparser2"
import { brokenWorkbook } from "@/lib/intake/imports/files/open-zip"

/**
 * What is done with the elements of a part. Their names come without prefixes, which differ between writers.
 */
export type XmlHandler = {
  open: (name: string, attributes: Record<string, string>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** No part of a workbook nests this deep, and the parser's time grows with the depth. */
const deepest = 64

const withoutPrefix = (name: string) => name.slice(name.indexOf(":") + 1)

/** A parser of XML that takes a part piece by piece. */
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
