-- What of the org the relay keeps a copy of, read by the sync loop. Salesforce stays the owner.
create table crm_organization (
  org_id text primary key,
  time_zone text not null,
  fiscal_year_start_month integer not null check (fiscal_year_start_month between 1 and 12),
  fiscal_year_named_by text not null check (fiscal_year_named_by in ('start', 'end')),
  changed_at timestamptz not null default now()
);

create table crm_user (
  org_id text not null,
  user_id text not null,
  is_active boolean not null,
  time_zone text not null,
  primary key (org_id, user_id)
);

-- Keyed hashes of the numbers of people who asked not to be called; the numbers themselves stay in the org.
create table crm_do_not_call (
  org_id text not null,
  record_id text not null,
  number_hash text not null,
  primary key (org_id, record_id, number_hash)
);
create index crm_do_not_call_by_number on crm_do_not_call (org_id, number_hash);

create table crm_dialing_rule (
  org_id text not null,
  country_code text not null,
  is_allowed boolean not null,
  primary key (org_id, country_code)
);

-- Deleted rows stay, so that their deletion counts as a change of the cards that used them.
create table crm_target (
  org_id text not null,
  target_id text not null,
  user_id text not null,
  metric text not null,
  target double precision not null,
  effective_from date not null,
  is_deleted boolean not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, target_id)
);
create index crm_target_of_rep on crm_target (org_id, user_id);

create table crm_weight (
  org_id text not null,
  weight_id text not null,
  metric text not null,
  weight double precision not null,
  effective_from date not null,
  is_deleted boolean not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, weight_id)
);

-- How far each object was read: the SystemModstamp of the last record seen, null while there was none.
create table crm_sync_cursor (
  org_id text not null,
  object_name text not null,
  modified_through timestamptz,
  synced_at timestamptz not null default now(),
  primary key (org_id, object_name)
);

-- What of each call the org has. Its row lock makes two workers deliver one call one after the other.
create table crm_delivery (
  org_id text not null,
  call_id uuid not null,
  task_id text,
  delivered_version integer,
  delivered_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  primary key (org_id, call_id)
);
