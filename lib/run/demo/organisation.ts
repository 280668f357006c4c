import { DateTime } from "luxon"
import { systemActor, type Actor } from "@/lib/access/actor/actor"
import { createOrganisation } from "@/lib/access/organisation/create-organisation"
import { createUser } from "@/lib/access/users/create-user"
import { asWorkerPrisma, inOrganisationPrisma, wholeOrganisation } from "@/lib/base/db/transaction"
import { inBothLanguages } from "@/lib/base/names/names"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { demoModels, demoPolicies, demoReleases, demoSuppliers, demoTerms } from "@/lib/run/demo/catalogue"
import { demoEmail } from "@/lib/run/demo/email"
import { demoStoreOf, type DemoStore } from "@/lib/run/demo/names"
import { DemoRecords } from "@/lib/run/demo/records"
import { demoZone } from "@/lib/run/demo/run"
import type { Terminal } from "@/lib/run/simulation/world/fleet"
import type { Run } from "@/lib/run/simulation/world/run"

const demoName = inBothLanguages("Tillwatch 演示", "Tillwatch demo")

export type Demo = { actor: Actor; startedAt: number; progressPct: number; records: DemoRecords }

/** Whether the database is empty or has the demo's organisation. */
export const isDemoDatabase = (): Promise<boolean> =>
  asWorkerPrisma(async (tx) => {
    const organisations = await tx.organisation.findMany({ select: { demoProgressPct: true } })
    return organisations.length === 0 || organisations.some(({ demoProgressPct }) => demoProgressPct !== null)
  })

async function findDemo(): Promise<Demo | null> {
  const found = await asWorkerPrisma((tx) =>
    tx.organisation.findFirst({ where: { demoProgressPct: { not: null } } }),
  )
  if (!found) return null
  const startedAt = found.createdAt.getTime()
  return {
    actor: systemActor(found.id),
    startedAt,
    progressPct: found.demoProgressPct ?? 0,
    records: new DemoRecords(startedAt),
  }
}

/** The demo's organisation with its master data, which the first call creates. */
export async function demoOrganisation({ password }: { password: string }): Promise<Demo> {
  const found = await findDemo()
  if (found) return found
  await createOrganisation({ name: demoName, timeZone: demoZone, demoProgressPct: 0 })
  const demo = await findDemo()
  if (!demo) throw new Error("The demo's organisation is not there.")
  const { actor, records } = demo
  await createCatalogue(actor.orgId, records.run)
  const year = DateTime.utc().year
  const stores = new Map(records.run.fleet.stores.map((store) => [store.code, demoStoreOf(store, year)]))
  await upsertTerminals({
    actor,
    entries: records.run.fleet.terminals.flatMap((terminal) => {
      const store = stores.get(terminal.store.code)
      return store ? [entryOf(terminal, store)] : []
    }),
  })
  await completeStores(actor.orgId, [...stores.values()])
  await createUser({ actor, email: demoEmail, role: "admin", password })
  return demo
}

/** Acquirers, suppliers, models with approvals, releases, and minimum versions. */
const createCatalogue = (orgId: string, run: Run) =>
  inOrganisationPrisma(wholeOrganisation(orgId), async (tx) => {
    for (const preset of acquirerPresets)
      await tx.acquirer.create({ data: { orgId, ...preset, ...demoTerms[preset.code], currency: "CNY" } })
    const suppliers = await tx.supplier.createManyAndReturn({
      data: demoSuppliers.map((supplier) => ({ orgId, isManufacturer: true, isSupplier: true, ...supplier })),
    })
    const today = DateTime.utc().startOf("day")
    const dayIn = (days: number | null) => (days === null ? null : today.plus({ days }).toJSDate())
    for (const { name, supplier, deployEndInDays, useEndInDays } of demoModels) {
      const dates = {
        purchaseEndOn: dayIn(deployEndInDays),
        deployEndOn: dayIn(deployEndInDays),
        useEndOn: dayIn(useEndInDays),
      }
      const manufacturerId = suppliers[supplier]?.id ?? null
      const approval = {
        orgId,
        kind: "pci_pts",
        ...dates,
        source: demoName,
        checkedOn: today.toJSDate(),
      }
      // In the week before this one, so that its report has flags that opened in it.
      const dueOn = today.minus({ weeks: 1 }).toJSDate()
      const policies = demoPolicies
        .filter(({ model }) => model === name)
        .map(({ minimumVersion }) => ({ orgId, component: "firmware", minimumVersion, dueOn }))
      await tx.terminalModel.create({
        data: {
          orgId,
          name,
          manufacturerId,
          approvals: { create: approval },
          releasePolicies: { create: policies },
        },
      })
    }
    await tx.release.createMany({
      data: demoReleases(run).map(({ releasedDaysAgo, supportEndInDays, ...release }) => ({
        orgId,
        ...release,
        releasedOn: dayIn(-releasedDaysAgo),
        supportEndOn: dayIn(supportEndInDays),
        source: demoName,
        checkedOn: today.toJSDate(),
      })),
    })
  })

const entryOf = (
  { index, serial, acquirer, model }: Terminal,
  { merchant, region, code, name, address, hours }: DemoStore,
) => ({
  serial,
  tid: String(10_000_000 + index * 137),
  acquirer,
  model,
  status: "active" as const,
  merchant,
  region,
  store: code,
  storeName: name,
  timeZone: demoZone,
  address,
  openingHours: hours,
})

/** Adds positions, contacts and holidays to the stores, and suppliers to the terminals. */
const completeStores = (orgId: string, stores: readonly DemoStore[]) =>
  inOrganisationPrisma(wholeOrganisation(orgId), async (tx) => {
    for (const { code, holidays, latitude, longitude, contactName, contactPhone } of stores)
      await tx.store.updateMany({
        where: { orgId, code },
        data: {
          latitude,
          longitude,
          contactName,
          contactPhone,
          contactEmail: `${code.toLowerCase()}@example.com`,
          hoursExceptions: holidays,
        },
      })
    // In the demo, manufacturers sell their own terminals.
    for (const { id, manufacturerId } of await tx.terminalModel.findMany())
      await tx.terminal.updateMany({ where: { modelId: id }, data: { supplierId: manufacturerId } })
  })

export const setDemoProgress = (orgId: string, percent: number): Promise<unknown> =>
  asWorkerPrisma((tx) => tx.organisation.update({ where: { id: orgId }, data: { demoProgressPct: percent } }))
