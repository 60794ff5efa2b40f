-- The relay's copy of the quarters that managers signed off.
create table crm_quarter_close (
  org_id text not null,
  close_id text not null,
  close_key text,
  user_id text,
  first_day date,
  last_day date,
  is_signed_off boolean not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, close_id)
);
create index crm_quarter_close_of_rep on crm_quarter_close (org_id, user_id, first_day);

-- A quarter whose card is never written again, with what the figures were when it was closed.
create table closed_period (
  org_id text not null,
  user_id text not null,
  first_day date not null,
  last_day date not null,
  close_key text not null,
  -- The rep's ledger position at the sign-off, and up to which later calls were looked at.
  position bigint not null,
  checked_position bigint not null,
  checked_at timestamptz not null default now(),
  dials bigint not null,
  connects bigint not null,
  conversations bigint not null,
  talk_seconds bigint not null,
  -- Won opportunities: amounts by id.
  won jsonb not null,
  -- Days of the calls that came or changed later, by call id.
  late_calls jsonb not null default '{}',
  -- What the org was last told.
  told text not null default '',
  -- Whether the org refused what it was to be told.
  is_untold boolean not null default false,
  primary key (org_id, user_id, first_day)
);
