import QrCode from "qrcode"

/** A QR code to be drawn: `path` has a unit a module, `size` is how many units it is wide. */
export type Qr = { size: number; path: string }

export function qrOf(text: string): Qr {
  const { size, data } = QrCode.create(text, { errorCorrectionLevel: "M" }).modules
  const dark = Array.from(data, (isDark, index) =>
    isDark ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : "",
  )
  return { size, path: dark.join("") }
}
