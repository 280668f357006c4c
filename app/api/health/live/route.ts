/** 200 while this process answers at all; it asks nobody else. */
export const GET = (): Response =>
  Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } })
