import { LaunchedDatabase } from "@/lib/run/launch/database"

// Starts the programs that a test names, as `npm start` does, until it is killed.
const [folder = "", initdb = "", postgres = ""] = process.argv.slice(2)
const start = { folder, password: "fake", programs: { initdb, postgres } }
const database = new LaunchedDatabase({ start, say: () => undefined, onGivenUp: () => undefined })
await database.start()
