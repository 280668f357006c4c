import { buffer } from "node:stream/consumers"
import PostalMime from "postal-mime"
import { SMTPServer } from "smtp-server"

export type Letter = { to: string; subject: string; text: string; html: string }

/**
 * A mail server in this process. `refuse` rejects the next emails temporarily, as servers do with unknown
 * senders. `onLetter` delays the answer to each letter that was received.
 */
export async function openMailbox({ onLetter }: { onLetter?: () => Promise<void> } = {}) {
  const letters: Letter[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      void (async () => {
        const { subject = "", text = "", html = "" } = await PostalMime.parse(await buffer(stream))
        if (refusals-- > 0) return done(Object.assign(new Error("come back later"), { responseCode: 451 }))
        const to = session.envelope.rcptTo.map(({ address }) => address).join()
        letters.push({ to, subject, text, html })
        await onLetter?.()
        done()
      })()
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
