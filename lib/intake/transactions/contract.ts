import { Contract } from "@/lib/intake/ingest/contract"
import { Transaction } from "@/lib/intake/transactions/schemas"

/** A sale is taken whole or not at all. */
export const transactionContract = new Contract(Transaction)
