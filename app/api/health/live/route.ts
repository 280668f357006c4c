/** 200 while this process answers. It does not ask the database. */
export const GET = (): Response =>
  Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } })
