/** Every address of a page, in one place. */
export const paths = {
  overview: "/",
  signIn: "/sign-in",
  terminals: "/terminals",
  terminal: (id: number) => `/terminals/${id}`,
  flags: "/flags",
  imports: "/imports",
  import: (id: string) => `/imports/${id}`,
  quarantine: "/quarantine",
  settings: "/settings",
  account: "/settings/account",
  keys: "/settings/keys",
  audit: "/settings/audit",
  organisation: "/settings/organisation",
  weeklyReports: "/reports/weekly",
  weeklyReport: (week: string) => `/reports/weekly/${week}`,
} as const
