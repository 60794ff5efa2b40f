-- Who began a call, and what for: a consultation asks a colleague about another call and is no call to a prospect.
alter table call
  add column direction text not null default 'outbound' check (direction in ('outbound', 'inbound')),
  add column purpose text not null default 'prospect' check (purpose in ('prospect', 'consultation')),
  -- How long a message the caller left with the switch; null for none.
  add column voicemail_seconds integer,
  -- What the phone measured of line and talk: a JSON object of numbers.
  add column measured jsonb;

-- A caller may withhold the number.
alter table call alter column number_hash drop not null;
alter table call_personal alter column number_e164 drop not null;

-- Refused by the rep, or taken at another phone of the rep's, a call is not missed; a message always waits for the rep.
alter table call
  add column is_missed boolean not null generated always as (
    direction = 'inbound' and state = 'ended' and not answered
    and (voicemail_seconds is not null or coalesce(end_cause, '') not in ('declined', 'completed'))
  ) stored,
  add column is_missed_seen boolean not null default false;
create index call_missed_unseen on call (org_id, user_id) where is_missed and not is_missed_seen;

-- The rep's calls, the latest first.
create index call_of_rep_by_start on call (org_id, user_id, started_at desc) where started_at is not null;

alter table call_event
  add column voicemail_seconds integer,
  add column measured jsonb;
