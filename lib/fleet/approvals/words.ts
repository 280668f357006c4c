// Words apart from the schemas, so that a screen can use them without loading the validator.

export const approvalKinds = [
  "pci_pts",
  "emv_l1",
  "emv_contact_kernel",
  "emv_contactless",
  "os",
  "firmware_support",
  "other",
] as const
