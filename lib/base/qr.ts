import QrCode from "qrcode"

/** A QR code to draw. `size` is its width in modules, `path` an SVG path of one unit for each module. */
export type Qr = { size: number; path: string }

export function qrOf(text: string): Qr {
  const { size, data } = QrCode.create(text, { errorCorrectionLevel: "M" }).modules
  const dark = Array.from(data, (isDark, index) =>
    isDark ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : "",
  )
  return { size, path: dark.join("") }
}
