import getPort, { portNumbers } from "get-port"

const lastPort = 65_535
/** Ports after the wanted one among which a free one is named. */
const othersToTry = 20

/** Throws, with a free port, if the web server cannot listen on the port. */
export async function requirePort(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > lastPort)
    throw new Error("PORT: set it to a port such as 3000")
  if ((await getPort({ port })) === port) return
  const from = Math.max(1024, Math.min(port + 1, lastPort - othersToTry))
  const free = await getPort({ port: portNumbers(from, from + othersToTry) })
  throw new Error(
    `Port ${port} is taken by another program, maybe by a Tillwatch that runs already, or needs more ` +
      `rights. Stop that program, or choose another port: PORT=${free} npm start`,
  )
}
