-- In which hours of a day a terminal sent heartbeats, so that availability is read from days. A bit for each UTC
-- hour: bit 0 is the hour that begins 14 hours before the date's midnight in UTC, which no zone's day reaches
-- behind. `npm run db:migrate` fills it from the hours, day by day, where it sums places again. Changes the
-- catalogue and a row for each organisation alone.
set local lock_timeout = '10s';

alter table terminal_day add column beat_hours bigint not null default 0;

-- Later than any day that a rollup can have.
update organisation set places_from = current_date + 3;
