-- Card references that were made here, by time: they are few, and are walked through when they are a fortnight old.
-- Locks transactions against writing while it is built: stop ingest first on a large database.
set local lock_timeout = '30s';

create index transaction_own_card_idx on transaction (at) where starts_with(card_ref, 'h1:');
