import sql from "sql-template-tag"

/**
 * The earliest end of use for the model of terminal `t`. An acquirer's date applies if the terminal now has
 * a TID of it. A scheme's date applies to all terminals, because the schemes that a terminal accepts are
 * unknown.
 */
export const useEndOfTerminal = sql`(
  select min(a.use_end_on)
    from approval a
   where a.model_id = t.model_id
     and (a.acquirer_id is null
          or exists (select from terminal_tid held where held.terminal_id = t.id and held.to_at is null
            and held.acquirer_id = a.acquirer_id)))`
