// A real MQTT broker in its own process. Prints its port once it listens.
import { createServer } from "node:net"
import { Aedes } from "aedes"

const broker = await Aedes.createBroker()
const server = createServer(broker.handle)
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`))
