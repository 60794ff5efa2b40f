-- Lists of people that reps work through.
create table call_list (
  org_id text not null,
  list_id uuid not null,
  user_id text not null,
  source_kind text not null,
  source_id text not null,
  -- As the rep saw the source named.
  label text not null,
  -- Tells whether a repeated start is the same.
  content_hash text not null,
  state text not null default 'running' check (state in ('running', 'paused', 'ended')),
  -- Who is on the rep's screen to be called next.
  current_record_id text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (org_id, list_id)
);
create unique index call_list_open_of_rep on call_list (org_id, user_id) where state <> 'ended';

create table call_list_person (
  org_id text not null,
  list_id uuid not null,
  record_id text not null,
  -- In the order of the source.
  place integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'called', 'skipped', 'unreachable')),
  skip_reason text,
  -- Not offered before; from then on before all others.
  call_back_at timestamptz,
  -- Calls that were permitted earlier do not settle this person.
  waits_since timestamptz not null default now(),
  -- The call that settled it.
  call_id uuid,
  primary key (org_id, list_id, record_id),
  foreign key (org_id, list_id) references call_list (org_id, list_id) on delete cascade
);

-- Who has a person on the screen. A subject is a record, or a number by its hash and extension, so that no two reps
-- have one person, nor two people who share a number. Without a list: a call is being placed to the number.
create table prospect_reservation (
  org_id text not null,
  subject text not null,
  user_id text not null,
  list_id uuid,
  record_id text,
  reserved_until timestamptz not null,
  primary key (org_id, subject)
);
create index prospect_reservation_of_list on prospect_reservation (org_id, list_id) where list_id is not null;

-- All calls to a number, whoever made them.
create index call_by_number on call (org_id, number_hash, opened_at);
