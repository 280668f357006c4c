import { SMTPServer } from "smtp-server"

export type Letter = { to: string; subject: string; text: string; html: string }

/** A mail server in this process. `refuse` puts off the next mails, as servers do with strangers. */
export async function openMailbox() {
  const letters: Letter[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        if (refusals-- > 0) return done(Object.assign(new Error("come back later"), { responseCode: 451 }))
        letters.push({
          ...read(Buffer.concat(chunks).toString("utf8")),
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.server.address()
  if (address === null || typeof address === "string") throw new Error("the mail server has no port")
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    refuse: (count: number) => {
      refusals = count
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The parts of a multipart message, decoded. */
function read(message: string): Omit<Letter, "to"> {
  const [head = ""] = message.split("\r\n\r\n", 1)
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? ""
  const part = (type: string) => {
    const [headers = "", ...body] = (
      message.split(`--${boundary}`).find((text) => text.includes(`Content-Type: ${type}`)) ?? ""
    ).split("\r\n\r\n")
    return decoded(body.join("\r\n\r\n"), /Content-Transfer-Encoding: (\S+)/.exec(headers)?.[1] ?? "7bit")
  }
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? ""
  return {
    subject: subject
      .replaceAll(/\r\n(?=[ \t])/g, "")
      .replaceAll(/\?=[ \t]+=\?/g, "?==?")
      .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, text: string) => word(how, text)),
    text: part("text/plain"),
    html: part("text/html"),
  }
}

const quoted = (text: string) =>
  Buffer.from(
    text
      .replaceAll("=\r\n", "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8")
const word = (how: string, text: string) =>
  how.toUpperCase() === "B" ? Buffer.from(text, "base64").toString("utf8") : quoted(text.replaceAll("_", " "))
const decoded = (text: string, encoding: string) =>
  encoding === "base64"
    ? Buffer.from(text, "base64").toString("utf8")
    : encoding === "quoted-printable"
      ? quoted(text)
      : text
