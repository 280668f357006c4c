import { DateTime } from "luxon"
import { systemActor, type Actor } from "@/lib/access/actor/actor"
import { createOrganisation } from "@/lib/access/organisation/create-organisation"
import { createUser } from "@/lib/access/users/create-user"
import { asWorkerPrisma, inOrganisationPrisma, wholeOrganisation } from "@/lib/base/db/transaction"
import { inBothLanguages } from "@/lib/base/names/names"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { demoEmail } from "@/lib/run/simulation/demo-email"
import {
  demoFleet,
  demoHolidays,
  demoModels,
  demoReleases,
  demoSuppliers,
  demoTerms,
  demoZone,
  type DemoStore,
  type DemoTerminal,
} from "@/lib/run/simulation/fleet"

export const demoSeed = "tillwatch"

const demoName = inBothLanguages("Tillwatch 演示", "Tillwatch demo")

export type Demo = { actor: Actor; startedAt: number; progressPct: number }

/** Whether the database is empty or has the demo's organisation. */
export const isDemoDatabase = (): Promise<boolean> =>
  asWorkerPrisma(async (tx) => {
    const organisations = await tx.organisation.findMany({ select: { demoProgressPct: true } })
    return organisations.length === 0 || organisations.some(({ demoProgressPct }) => demoProgressPct !== null)
  })

/** The demo's organisation with its master data, which the first call creates. */
export async function demoOrganisation({ password }: { password: string }): Promise<Demo> {
  const found = await asWorkerPrisma((tx) =>
    tx.organisation.findFirst({ where: { demoProgressPct: { not: null } } }),
  )
  if (found)
    return {
      actor: systemActor(found.id),
      startedAt: found.createdAt.getTime(),
      progressPct: found.demoProgressPct ?? 0,
    }

  const orgId = await createOrganisation({ name: demoName, timeZone: demoZone, demoProgressPct: 0 })
  const actor = systemActor(orgId)
  await createCatalogue(orgId)
  const fleet = demoFleet(demoSeed)
  await upsertTerminals({ actor, entries: fleet.map(entryOf) })
  await completeStores(orgId, new Map(fleet.map(({ store }) => [store.code, store])))
  await createUser({ actor, email: demoEmail, role: "admin", password })
  return demoOrganisation({ password })
}

/** Acquirers, suppliers, models with approvals, and a minimum version. */
const createCatalogue = (orgId: string) =>
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
      await tx.terminalModel.create({
        data: { orgId, name, manufacturerId, approvals: { create: approval } },
      })
    }
    await tx.release.createMany({
      data: demoReleases.map(({ releasedDaysAgo, supportEndInDays, ...release }) => ({
        orgId,
        ...release,
        releasedOn: dayIn(-releasedDaysAgo),
        supportEndOn: dayIn(supportEndInDays),
        source: demoName,
        checkedOn: today.toJSDate(),
      })),
    })
    await tx.releasePolicy.create({
      data: {
        orgId,
        component: "firmware",
        minimumVersion: "2.1.0",
        // In the week before this one, so that its report has flags that opened in it.
        dueOn: today.minus({ weeks: 1 }).toJSDate(),
      },
    })
  })

const entryOf = ({ serial, tid, acquirer, model, store }: DemoTerminal) => ({
  serial,
  tid,
  acquirer,
  model,
  status: "active" as const,
  merchant: store.merchant,
  region: store.region,
  store: store.code,
  storeName: store.name,
  timeZone: demoZone,
  address: store.address,
  openingHours: store.hours,
})

/** Adds positions, contacts and holidays to the stores, and suppliers to the terminals. */
const completeStores = (orgId: string, stores: Map<string, DemoStore>) =>
  inOrganisationPrisma(wholeOrganisation(orgId), async (tx) => {
    for (const {
      code,
      closesOnHolidays,
      latitude,
      longitude,
      contactName,
      contactPhone,
      opens,
    } of stores.values()) {
      const hoursExceptions = closesOnHolidays ? demoHolidays(DateTime.utc().year, { opens }) : {}
      await tx.store.updateMany({
        where: { orgId, code },
        data: {
          latitude,
          longitude,
          contactName,
          contactPhone,
          contactEmail: `${code.toLowerCase()}@example.com`,
          hoursExceptions,
        },
      })
    }
    // In the demo, manufacturers sell their own terminals.
    for (const { id, manufacturerId } of await tx.terminalModel.findMany())
      await tx.terminal.updateMany({ where: { modelId: id }, data: { supplierId: manufacturerId } })
  })

export const setDemoProgress = (orgId: string, percent: number): Promise<unknown> =>
  asWorkerPrisma((tx) => tx.organisation.update({ where: { id: orgId }, data: { demoProgressPct: percent } }))
