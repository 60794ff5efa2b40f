-- A call's Task is due when the ledger knows more of the call than the org does. The mark is the outbox: it is set in
-- the transaction that learned of the change, and cleared when the org has that version.
alter table crm_delivery
  add column due_at timestamptz,
  add column due_version integer,
  add column due_since timestamptz,
  add column attempts integer not null default 0,
  -- Set when trying again cannot help; last_error says why. A replay or a newer version makes it due again.
  add column dead_at timestamptz,
  -- The bulk load that carries the call now, and the version in it.
  add column load_id uuid,
  add column load_version integer;

create index crm_delivery_due on crm_delivery (org_id, due_at) where due_at is not null and load_id is null;
create index crm_delivery_dead on crm_delivery (org_id, dead_at) where dead_at is not null;
create index crm_delivery_load on crm_delivery (load_id) where load_id is not null;

-- When the next request to an org may go out, and how the last ones went: shared by all workers.
create table crm_pace (
  org_id text primary key,
  -- The fraction of the org's daily requests that the relay may use.
  api_share double precision not null default 0.5,
  -- As the org's last answer told; of all its clients together.
  used_requests integer,
  daily_requests integer,
  next_request_at timestamptz not null default '-infinity',
  -- Requests that failed as a whole, one after another.
  failures integer not null default 0,
  resume_at timestamptz not null default '-infinity',
  failed_code text,
  -- Set where the org refuses its Bulk API to the relay.
  no_bulk_until timestamptz
);

-- The relay's own requests to an org, by the hour.
create table crm_api_use (
  org_id text not null,
  hour timestamptz not null,
  requests integer not null,
  primary key (org_id, hour)
);

-- Cards that the org has, by their external id: a metric names its card at creation only.
create table crm_card (
  org_id text not null,
  card_key text not null,
  primary key (org_id, card_key)
);

-- A Bulk API load under way; the job is null until the org has opened one.
create table crm_bulk_load (
  org_id text not null,
  load_id uuid not null,
  job_id text,
  started_at timestamptz not null,
  poll_at timestamptz not null,
  primary key (org_id, load_id)
);

update crm_delivery set due_at = now(), due_since = now(), due_version = 0 where last_error is not null;
