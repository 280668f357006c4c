import { salesImport, terminalsImport } from "@/tests/crash/import-work"
import { mailWork, openCrashMailbox } from "@/tests/crash/mail-work"
import { deletionWork, droppingWork, partitionWork } from "@/tests/crash/partition-work"
import { recountWork } from "@/tests/crash/recount-work"
import { killWithin } from "@/tests/crash/work"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { isFolded } from "@/tests/support/raw"
import { startStack, type Server } from "@/tests/support/stack"
import { until } from "@/tests/support/wait"

const long = 120
const short = 35
const terminals = 4
const foldsWithinMs = 120_000

/**
 * Kills the worker and PostgreSQL in the middle of every kind of job and of retention. Throws if it does not
 * go on, or if something is lost or done twice.
 */
export async function checkWork(say: (text: string) => void, server?: () => Promise<Server>): Promise<void> {
  const mailbox = await openCrashMailbox()
  const mail = { SMTP_URL: mailbox.url, MAIL_FROM: "Tillwatch <tillwatch@example.com>" }
  const stack = await startStack({ logLevel: "warn", env: mail, server })
  try {
    const { orgId, actor } = await givenOrganisation()
    const keeper = await givenOrganisation()
    const { storeId } = await givenStore(orgId)
    const serials: string[] = []
    for (let i = 0; i < terminals; i += 1) serials.push((await givenTerminal(orgId, { storeId })).serial)
    await stack.worker.start()
    const retention = { days: short, stack }
    for (const work of [
      partitionWork(orgId, long),
      salesImport(actor, serials),
      terminalsImport(actor),
      mailWork(orgId, mailbox),
      recountWork(),
      deletionWork({ orgId, keeper: { orgId: keeper.orgId, days: long }, ...retention }),
      droppingWork({ orgId, keeper: { orgId: keeper.orgId, days: short }, ...retention }),
    ]) {
      await killWithin(stack, work)
      await until("the fold", foldsWithinMs, () => isFolded(orgId))
      say(`${work.name}: goes on after the death of its worker and of PostgreSQL, and does nothing twice`)
    }
  } catch (error) {
    say(`the worker said:\n${stack.said().slice(-4_000)}`)
    throw error
  } finally {
    await stack.stop()
    await mailbox.close()
  }
}
