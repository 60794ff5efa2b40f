-- How far each rep's ledger has come. Its row lock makes the rep's changes commit in the order of their positions.
create table rep_position (
  org_id text not null,
  user_id text not null,
  position bigint not null default 0,
  primary key (org_id, user_id)
);

-- One row per permitted call: its header, and the fold over its events.
create table call (
  org_id text not null,
  call_id uuid not null,
  user_id text not null,
  number_hash text not null,
  opening_hash text not null,
  opened_at timestamptz not null default now(),
  version integer not null default 0,
  position bigint not null default 0,
  state text not null default 'permitted',
  evidence text not null default 'pending',
  started_at timestamptz,
  ended_at timestamptz,
  answered boolean not null default false,
  ring_seconds integer not null default 0,
  talk_seconds integer not null default 0,
  hold_seconds integer not null default 0,
  after_call_seconds integer,
  end_cause text,
  ended_by text,
  outcome text,
  outcome_version integer,
  network_witness text,
  primary key (org_id, call_id)
);

create index call_of_rep_by_position on call (org_id, user_id, position);
create index call_by_id on call (call_id);

-- What the witnesses reported, never changed. Notes and follow-up days are not here but in call_personal.
create table call_event (
  org_id text not null,
  call_id uuid not null,
  witness text not null,
  sequence integer not null,
  occurred_at timestamptz not null,
  elapsed_ms bigint not null,
  kind text not null,
  ended_by text,
  cause text,
  sip_status integer,
  outcome text,
  content_hash text not null,
  received_at timestamptz not null default now(),
  primary key (org_id, call_id, witness, sequence),
  foreign key (org_id, call_id) references call (org_id, call_id)
);

-- Everything that names or describes a person. A row may be deleted: the call and its figures stay.
create table call_personal (
  org_id text not null,
  call_id uuid not null,
  number_e164 text not null,
  record_id text,
  note text,
  follow_up_on date,
  note_sequence integer not null default 0,
  primary key (org_id, call_id),
  foreign key (org_id, call_id) references call (org_id, call_id)
);
