import { Contract } from "@/lib/intake/ingest/contract"
import { Transaction } from "@/lib/intake/transactions/schemas"

/** A transaction is accepted whole or rejected. */
export const transactionContract = new Contract(Transaction)
