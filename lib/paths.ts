/** Every address of a page, in one place. */
export const paths = {
  overview: "/",
  terminals: "/terminals",
  terminal: (id: number) => `/terminals/${id}`,
  flags: "/flags",
  imports: "/imports",
  import: (id: string) => `/imports/${id}`,
  quarantine: "/quarantine",
  settings: "/settings",
  account: "/settings/account",
  signOn: "/settings/sign-on",
  weeklyReports: "/reports/weekly",
  weeklyReport: (week: string) => `/reports/weekly/${week}`,
} as const
