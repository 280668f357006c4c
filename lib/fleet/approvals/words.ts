// Not in schemas.ts, so that a screen can use it without loading zod.

export const approvalKinds = [
  "pci_pts",
  "emv_l1",
  "emv_contact_kernel",
  "emv_contactless",
  "os",
  "firmware_support",
  "other",
] as const
