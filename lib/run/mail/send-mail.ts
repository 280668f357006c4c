import nodemailer from "nodemailer"
import { env } from "@/lib/base/env"

export type Mail = { to: string; subject: string; text: string; html: string }

const answersWithinMs = 20_000

/** Sends an email through SMTP_URL. Throws if the server does not accept it. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env()
  if (SMTP_URL === undefined)
    throw new Error("SMTP_URL: set it to smtp://user:password@host:587 to send mail")
  const server = nodemailer.createTransport({
    url: SMTP_URL,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: answersWithinMs,
    greetingTimeout: answersWithinMs,
    socketTimeout: answersWithinMs,
  })
  try {
    await server.sendMail({ ...mail, from: MAIL_FROM })
  } finally {
    server.close()
  }
}
