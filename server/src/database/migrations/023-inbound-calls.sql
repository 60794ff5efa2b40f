-- Calls that came in from prospects: no dials, but their talk counts.
alter table call_contribution add column inbound_calls integer not null default 0;
alter table rep_day add column inbound_calls integer not null default 0;
