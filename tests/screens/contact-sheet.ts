import { encodeXML } from "entities"

/** A page that shows all pictures of one look, a column each. */
export function contactSheet(
  title: string,
  width: number,
  pictures: readonly { path: string; file: string }[],
): string {
  const thumb = width < 600 ? 190 : 390
  const figures = pictures.map(
    ({ path, file }) => `<figure><figcaption>${encodeXML(path)}</figcaption>
      <a href="${file}"><img src="${file}" alt="" width="${thumb}"></a></figure>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>${encodeXML(title)}</title>
<style>
  body { font: 12px sans-serif; background: #777; margin: 12px }
  main { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
  figure { margin: 0; width: ${thumb}px } figcaption { background: #fff; padding: 2px 4px }
  img { max-height: 900px; object-fit: cover; object-position: top }
</style>
<main>${figures.join("\n")}</main>\n`
}
