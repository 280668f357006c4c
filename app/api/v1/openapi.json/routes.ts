import * as accountLinksToken from "@/app/api/v1/account-links/[token]/route"
import * as accountRecoveryCodes from "@/app/api/v1/account/recovery-codes/route"
import * as account from "@/app/api/v1/account/route"
import * as accountSessionsId from "@/app/api/v1/account/sessions/[id]/route"
import * as accountSessions from "@/app/api/v1/account/sessions/route"
import * as accountTotp from "@/app/api/v1/account/totp/route"
import * as acquirersId from "@/app/api/v1/acquirers/[id]/route"
import * as acquirers from "@/app/api/v1/acquirers/route"
import * as adaptersVendor from "@/app/api/v1/adapters/[vendor]/route"
import * as approvalsId from "@/app/api/v1/approvals/[id]/route"
import * as approvalsProposals from "@/app/api/v1/approvals/proposals/route"
import * as approvals from "@/app/api/v1/approvals/route"
import * as auditExport from "@/app/api/v1/audit/export/route"
import * as auditFacets from "@/app/api/v1/audit/facets/route"
import * as audit from "@/app/api/v1/audit/route"
import * as availability from "@/app/api/v1/availability/route"
import * as codePacksCodeSystemCodes from "@/app/api/v1/code-packs/[codeSystem]/codes/route"
import * as codePacksCodeSystemPreview from "@/app/api/v1/code-packs/[codeSystem]/preview/route"
import * as codePacksCodeSystem from "@/app/api/v1/code-packs/[codeSystem]/route"
import * as codePacks from "@/app/api/v1/code-packs/route"
import * as compliance from "@/app/api/v1/compliance/route"
import * as contingencyPlansClass from "@/app/api/v1/contingency-plans/[class]/route"
import * as contingencyPlans from "@/app/api/v1/contingency-plans/route"
import * as diagnoses from "@/app/api/v1/diagnoses/route"
import * as failedSales from "@/app/api/v1/failed-sales/route"
import * as failureConcentration from "@/app/api/v1/failure-concentration/route"
import * as failureRatesMatrix from "@/app/api/v1/failure-rates/matrix/route"
import * as failureRates from "@/app/api/v1/failure-rates/route"
import * as failureRatesSeries from "@/app/api/v1/failure-rates/series/route"
import * as flagsIdRemoteAction from "@/app/api/v1/flags/[id]/remote-action/route"
import * as flagsId from "@/app/api/v1/flags/[id]/route"
import * as flagsHandling from "@/app/api/v1/flags/handling/route"
import * as flags from "@/app/api/v1/flags/route"
import * as forgot from "@/app/api/v1/forgot/route"
import * as groupMappingsId from "@/app/api/v1/group-mappings/[id]/route"
import * as groupMappings from "@/app/api/v1/group-mappings/route"
import * as heartbeats from "@/app/api/v1/heartbeats/route"
import * as importProfiles from "@/app/api/v1/import-profiles/route"
import * as importsIdCancel from "@/app/api/v1/imports/[id]/cancel/route"
import * as importsIdDryRun from "@/app/api/v1/imports/[id]/dry-run/route"
import * as importsIdPreview from "@/app/api/v1/imports/[id]/preview/route"
import * as importsIdRead from "@/app/api/v1/imports/[id]/read/route"
import * as importsIdRejected from "@/app/api/v1/imports/[id]/rejected/route"
import * as importsIdResultsCsv from "@/app/api/v1/imports/[id]/results/csv/route"
import * as importsIdResults from "@/app/api/v1/imports/[id]/results/route"
import * as importsIdResume from "@/app/api/v1/imports/[id]/resume/route"
import * as importsId from "@/app/api/v1/imports/[id]/route"
import * as importsIdStart from "@/app/api/v1/imports/[id]/start/route"
import * as imports from "@/app/api/v1/imports/route"
import * as incidentsId from "@/app/api/v1/incidents/[id]/route"
import * as incidents from "@/app/api/v1/incidents/route"
import * as keysIdRotation from "@/app/api/v1/keys/[id]/rotation/route"
import * as keysId from "@/app/api/v1/keys/[id]/route"
import * as keys from "@/app/api/v1/keys/route"
import * as league from "@/app/api/v1/league/route"
import * as lostSales from "@/app/api/v1/lost-sales/route"
import * as maintenanceWindowsId from "@/app/api/v1/maintenance-windows/[id]/route"
import * as maintenanceWindows from "@/app/api/v1/maintenance-windows/route"
import * as merchantsId from "@/app/api/v1/merchants/[id]/route"
import * as merchants from "@/app/api/v1/merchants/route"
import * as modelsId from "@/app/api/v1/models/[id]/route"
import * as models from "@/app/api/v1/models/route"
import * as organisation from "@/app/api/v1/organisation/route"
import * as overview from "@/app/api/v1/overview/route"
import * as parties from "@/app/api/v1/parties/route"
import * as password from "@/app/api/v1/password/route"
import * as places from "@/app/api/v1/places/route"
import * as quarantineIdEnrol from "@/app/api/v1/quarantine/[id]/enrol/route"
import * as quarantineIdReplay from "@/app/api/v1/quarantine/[id]/replay/route"
import * as quarantineId from "@/app/api/v1/quarantine/[id]/route"
import * as quarantineClock from "@/app/api/v1/quarantine/clock/route"
import * as quarantineDiscard from "@/app/api/v1/quarantine/discard/route"
import * as quarantineReplay from "@/app/api/v1/quarantine/replay/route"
import * as quarantineRestore from "@/app/api/v1/quarantine/restore/route"
import * as quarantine from "@/app/api/v1/quarantine/route"
import * as quarantineTerminals from "@/app/api/v1/quarantine/terminals/route"
import * as regionsId from "@/app/api/v1/regions/[id]/route"
import * as regions from "@/app/api/v1/regions/route"
import * as releasePoliciesId from "@/app/api/v1/release-policies/[id]/route"
import * as releasePoliciesPreview from "@/app/api/v1/release-policies/preview/route"
import * as releasePolicies from "@/app/api/v1/release-policies/route"
import * as releasesIdRollout from "@/app/api/v1/releases/[id]/rollout/route"
import * as releasesId from "@/app/api/v1/releases/[id]/route"
import * as releases from "@/app/api/v1/releases/route"
import * as remoteActionsIdTaken from "@/app/api/v1/remote-actions/[id]/taken/route"
import * as remoteActions from "@/app/api/v1/remote-actions/route"
import * as replacementsCalendar from "@/app/api/v1/replacements/calendar/route"
import * as replacements from "@/app/api/v1/replacements/route"
import * as replacementsTerminals from "@/app/api/v1/replacements/terminals/route"
import * as reportsWeeklyWeekCsv from "@/app/api/v1/reports/weekly/[week]/csv/route"
import * as reportsWeeklyWeek from "@/app/api/v1/reports/weekly/[week]/route"
import * as rules from "@/app/api/v1/rules/route"
import * as speeds from "@/app/api/v1/speeds/route"
import * as storesIdCoaching from "@/app/api/v1/stores/[id]/coaching/route"
import * as storesId from "@/app/api/v1/stores/[id]/route"
import * as stores from "@/app/api/v1/stores/route"
import * as suppliersId from "@/app/api/v1/suppliers/[id]/route"
import * as suppliers from "@/app/api/v1/suppliers/route"
import * as terminalsIdEnrol from "@/app/api/v1/terminals/[id]/enrol/route"
import * as terminalsIdEvidence from "@/app/api/v1/terminals/[id]/evidence/route"
import * as terminalsIdMerge from "@/app/api/v1/terminals/[id]/merge/route"
import * as terminalsIdMove from "@/app/api/v1/terminals/[id]/move/route"
import * as terminalsIdRecords from "@/app/api/v1/terminals/[id]/records/route"
import * as terminalsId from "@/app/api/v1/terminals/[id]/route"
import * as terminalsIdStatus from "@/app/api/v1/terminals/[id]/status/route"
import * as terminalsIdSwap from "@/app/api/v1/terminals/[id]/swap/route"
import * as terminalsIdTid from "@/app/api/v1/terminals/[id]/tid/route"
import * as terminalsIdTrend from "@/app/api/v1/terminals/[id]/trend/route"
import * as terminalsIdWear from "@/app/api/v1/terminals/[id]/wear/route"
import * as terminalsBulk from "@/app/api/v1/terminals/bulk/route"
import * as terminalsExport from "@/app/api/v1/terminals/export/route"
import * as terminalsFacets from "@/app/api/v1/terminals/facets/route"
import * as terminals from "@/app/api/v1/terminals/route"
import * as trainingsId from "@/app/api/v1/trainings/[id]/route"
import * as trainings from "@/app/api/v1/trainings/route"
import * as transactions from "@/app/api/v1/transactions/route"
import * as usersIdInvitation from "@/app/api/v1/users/[id]/invitation/route"
import * as usersIdReset from "@/app/api/v1/users/[id]/reset/route"
import * as usersId from "@/app/api/v1/users/[id]/route"
import * as usersIdSessions from "@/app/api/v1/users/[id]/sessions/route"
import * as usersIdTotp from "@/app/api/v1/users/[id]/totp/route"
import * as users from "@/app/api/v1/users/route"
import * as verdictRatios from "@/app/api/v1/verdict-ratios/route"
import type { RouteModule } from "@/lib/run/openapi/operations"

/** All routes of the API except this one, by path. A test compares them with the file tree. */
export const routes: Record<string, RouteModule> = {
  "/api/v1/account-links/[token]": accountLinksToken,
  "/api/v1/account/recovery-codes": accountRecoveryCodes,
  "/api/v1/account": account,
  "/api/v1/account/sessions/[id]": accountSessionsId,
  "/api/v1/account/sessions": accountSessions,
  "/api/v1/account/totp": accountTotp,
  "/api/v1/acquirers/[id]": acquirersId,
  "/api/v1/acquirers": acquirers,
  "/api/v1/adapters/[vendor]": adaptersVendor,
  "/api/v1/approvals/[id]": approvalsId,
  "/api/v1/approvals/proposals": approvalsProposals,
  "/api/v1/approvals": approvals,
  "/api/v1/audit/export": auditExport,
  "/api/v1/audit/facets": auditFacets,
  "/api/v1/audit": audit,
  "/api/v1/availability": availability,
  "/api/v1/code-packs/[codeSystem]/codes": codePacksCodeSystemCodes,
  "/api/v1/code-packs/[codeSystem]/preview": codePacksCodeSystemPreview,
  "/api/v1/code-packs/[codeSystem]": codePacksCodeSystem,
  "/api/v1/code-packs": codePacks,
  "/api/v1/compliance": compliance,
  "/api/v1/contingency-plans/[class]": contingencyPlansClass,
  "/api/v1/contingency-plans": contingencyPlans,
  "/api/v1/diagnoses": diagnoses,
  "/api/v1/failed-sales": failedSales,
  "/api/v1/failure-concentration": failureConcentration,
  "/api/v1/failure-rates/matrix": failureRatesMatrix,
  "/api/v1/failure-rates": failureRates,
  "/api/v1/failure-rates/series": failureRatesSeries,
  "/api/v1/flags/[id]/remote-action": flagsIdRemoteAction,
  "/api/v1/flags/[id]": flagsId,
  "/api/v1/flags/handling": flagsHandling,
  "/api/v1/flags": flags,
  "/api/v1/forgot": forgot,
  "/api/v1/group-mappings/[id]": groupMappingsId,
  "/api/v1/group-mappings": groupMappings,
  "/api/v1/heartbeats": heartbeats,
  "/api/v1/import-profiles": importProfiles,
  "/api/v1/imports/[id]/cancel": importsIdCancel,
  "/api/v1/imports/[id]/dry-run": importsIdDryRun,
  "/api/v1/imports/[id]/preview": importsIdPreview,
  "/api/v1/imports/[id]/read": importsIdRead,
  "/api/v1/imports/[id]/rejected": importsIdRejected,
  "/api/v1/imports/[id]/results/csv": importsIdResultsCsv,
  "/api/v1/imports/[id]/results": importsIdResults,
  "/api/v1/imports/[id]/resume": importsIdResume,
  "/api/v1/imports/[id]": importsId,
  "/api/v1/imports/[id]/start": importsIdStart,
  "/api/v1/imports": imports,
  "/api/v1/keys/[id]/rotation": keysIdRotation,
  "/api/v1/keys/[id]": keysId,
  "/api/v1/incidents/[id]": incidentsId,
  "/api/v1/incidents": incidents,
  "/api/v1/keys": keys,
  "/api/v1/league": league,
  "/api/v1/lost-sales": lostSales,
  "/api/v1/maintenance-windows/[id]": maintenanceWindowsId,
  "/api/v1/maintenance-windows": maintenanceWindows,
  "/api/v1/merchants/[id]": merchantsId,
  "/api/v1/merchants": merchants,
  "/api/v1/models/[id]": modelsId,
  "/api/v1/models": models,
  "/api/v1/organisation": organisation,
  "/api/v1/overview": overview,
  "/api/v1/parties": parties,
  "/api/v1/password": password,
  "/api/v1/places": places,
  "/api/v1/quarantine/[id]/enrol": quarantineIdEnrol,
  "/api/v1/quarantine/[id]/replay": quarantineIdReplay,
  "/api/v1/quarantine/[id]": quarantineId,
  "/api/v1/quarantine/clock": quarantineClock,
  "/api/v1/quarantine/discard": quarantineDiscard,
  "/api/v1/quarantine/replay": quarantineReplay,
  "/api/v1/quarantine/restore": quarantineRestore,
  "/api/v1/quarantine": quarantine,
  "/api/v1/quarantine/terminals": quarantineTerminals,
  "/api/v1/regions/[id]": regionsId,
  "/api/v1/regions": regions,
  "/api/v1/release-policies/[id]": releasePoliciesId,
  "/api/v1/release-policies/preview": releasePoliciesPreview,
  "/api/v1/release-policies": releasePolicies,
  "/api/v1/releases/[id]/rollout": releasesIdRollout,
  "/api/v1/releases/[id]": releasesId,
  "/api/v1/releases": releases,
  "/api/v1/remote-actions/[id]/taken": remoteActionsIdTaken,
  "/api/v1/remote-actions": remoteActions,
  "/api/v1/replacements/calendar": replacementsCalendar,
  "/api/v1/replacements": replacements,
  "/api/v1/replacements/terminals": replacementsTerminals,
  "/api/v1/reports/weekly/[week]/csv": reportsWeeklyWeekCsv,
  "/api/v1/reports/weekly/[week]": reportsWeeklyWeek,
  "/api/v1/rules": rules,
  "/api/v1/speeds": speeds,
  "/api/v1/stores/[id]/coaching": storesIdCoaching,
  "/api/v1/stores/[id]": storesId,
  "/api/v1/stores": stores,
  "/api/v1/suppliers/[id]": suppliersId,
  "/api/v1/suppliers": suppliers,
  "/api/v1/terminals/[id]/enrol": terminalsIdEnrol,
  "/api/v1/terminals/[id]/merge": terminalsIdMerge,
  "/api/v1/terminals/[id]/move": terminalsIdMove,
  "/api/v1/terminals/[id]/evidence": terminalsIdEvidence,
  "/api/v1/terminals/[id]/records": terminalsIdRecords,
  "/api/v1/terminals/[id]": terminalsId,
  "/api/v1/terminals/[id]/status": terminalsIdStatus,
  "/api/v1/terminals/[id]/swap": terminalsIdSwap,
  "/api/v1/terminals/[id]/tid": terminalsIdTid,
  "/api/v1/terminals/[id]/trend": terminalsIdTrend,
  "/api/v1/terminals/[id]/wear": terminalsIdWear,
  "/api/v1/terminals/bulk": terminalsBulk,
  "/api/v1/terminals/export": terminalsExport,
  "/api/v1/terminals/facets": terminalsFacets,
  "/api/v1/terminals": terminals,
  "/api/v1/trainings": trainings,
  "/api/v1/trainings/[id]": trainingsId,
  "/api/v1/transactions": transactions,
  "/api/v1/users/[id]/invitation": usersIdInvitation,
  "/api/v1/users/[id]/reset": usersIdReset,
  "/api/v1/users/[id]": usersId,
  "/api/v1/users/[id]/sessions": usersIdSessions,
  "/api/v1/users/[id]/totp": usersIdTotp,
  "/api/v1/users": users,
  "/api/v1/verdict-ratios": verdictRatios,
}
