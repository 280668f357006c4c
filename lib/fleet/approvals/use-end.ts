import sql from "sql-template-tag"

/**
 * The earliest end of use of the model of terminal `t`. An acquirer's date applies where the terminal holds a
 * TID of it now; a scheme's applies to all, since nobody says which schemes a terminal takes.
 */
export const useEndOfTerminal = sql`(
  select min(a.use_end_on)
    from approval a
   where a.model_id = t.model_id
     and (a.acquirer_id is null
          or exists (select from terminal_tid held where held.terminal_id = t.id and held.to_at is null
            and held.acquirer_id = a.acquirer_id)))`
