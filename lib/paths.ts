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
  users: "/settings/users",
  signIn: "/sign-in",
  forgot: "/forgot",
  accept: (token: string) => `/accept/${token}`,
  reset: (token: string) => `/reset/${token}`,
  weeklyReports: "/reports/weekly",
  weeklyReport: (week: string) => `/reports/weekly/${week}`,
} as const
