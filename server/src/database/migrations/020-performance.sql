-- What each call adds to its rep's figures, so that a changed call replaces what it added before.
create table call_contribution (
  org_id text not null,
  call_id uuid not null,
  user_id text not null,
  day date not null,
  calls_logged integer not null,
  calls_pending integer not null,
  calls_contradicted integer not null,
  dials integer not null,
  connects integer not null,
  conversations integer not null,
  ring_seconds bigint not null,
  talk_seconds bigint not null,
  talk_seconds_squared bigint not null,
  hold_seconds bigint not null,
  after_call_seconds bigint not null,
  primary key (org_id, call_id)
);

-- The sum of the contributions of a rep's day, in the rep's own zone.
create table rep_day (
  org_id text not null,
  user_id text not null,
  day date not null,
  calls_logged integer not null default 0,
  calls_pending integer not null default 0,
  calls_contradicted integer not null default 0,
  dials integer not null default 0,
  connects integer not null default 0,
  conversations integer not null default 0,
  ring_seconds bigint not null default 0,
  talk_seconds bigint not null default 0,
  talk_seconds_squared bigint not null default 0,
  hold_seconds bigint not null default 0,
  after_call_seconds bigint not null default 0,
  primary key (org_id, user_id, day)
);

-- How far a rep's ledger was rolled up, by which rules, and what was published of it.
create table rep_rollup (
  org_id text not null,
  user_id text not null,
  position bigint not null default 0,
  evidence_basis text not null,
  definition_version integer not null,
  published_position bigint,
  published_at timestamptz,
  published_day date,
  -- When a publication was asked for beside those that calls ask for; null once it is done.
  requested_at timestamptz,
  primary key (org_id, user_id)
);

-- Days whose figures changed since the card of their period was published.
create table rep_changed_day (
  org_id text not null,
  user_id text not null,
  day date not null,
  primary key (org_id, user_id, day)
);
