import { benchNights } from "@/tests/bench/nights"

const say = (text: string) => process.stderr.write(`• ${text}\n`)

process.stdout.write(`${JSON.stringify(await benchNights({ terminals: Number(process.argv[2]), say }))}\n`)
