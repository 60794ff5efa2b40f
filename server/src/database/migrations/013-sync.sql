-- More of leads is kept than before, so they are read from the beginning.
delete from crm_sync_cursor where object_name = 'Lead';

-- What of the org scores and forecasts are made of: no names, no free text. Deleted records stay, marked as such, so that
-- their deletion is a change like any other. `modified_at` is the record's SystemModstamp, `changed_at` when the relay
-- learned of it.
create table crm_role (
  org_id text not null,
  role_id text not null,
  parent_role_id text,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, role_id)
);

create table crm_absence (
  org_id text not null,
  absence_id text not null,
  user_id text,
  first_day date,
  last_day date,
  -- Of each day, in percent.
  share double precision,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, absence_id)
);
create index crm_absence_of_rep on crm_absence (org_id, user_id);

create table crm_opportunity (
  org_id text not null,
  opportunity_id text not null,
  user_id text,
  account_id text,
  campaign_id text,
  stage text,
  amount double precision,
  -- In percent.
  probability double precision,
  close_day date,
  forecast_category text,
  type text,
  lead_source text,
  is_closed boolean not null,
  is_won boolean not null,
  created_at timestamptz,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, opportunity_id)
);
create index crm_opportunity_of_rep on crm_opportunity (org_id, user_id, close_day);
create index crm_opportunity_of_account on crm_opportunity (org_id, account_id);

create table crm_opportunity_change (
  org_id text not null,
  change_id text not null,
  opportunity_id text not null,
  stage text,
  amount double precision,
  probability double precision,
  close_day date,
  forecast_category text,
  created_at timestamptz not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, change_id)
);
create index crm_opportunity_change_of_opportunity on crm_opportunity_change (org_id, opportunity_id, created_at);

create table crm_product (
  org_id text not null,
  product_id text not null,
  family text,
  is_active boolean not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, product_id)
);

create table crm_opportunity_product (
  org_id text not null,
  line_id text not null,
  opportunity_id text not null,
  product_id text,
  quantity double precision,
  total_price double precision,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, line_id)
);
create index crm_opportunity_product_of_opportunity on crm_opportunity_product (org_id, opportunity_id);

create table crm_lead (
  org_id text not null,
  lead_id text not null,
  -- A user, or the queue that it waits in.
  owner_id text,
  status text,
  lead_source text,
  created_at timestamptz not null,
  is_converted boolean not null,
  converted_on date,
  account_id text,
  contact_id text,
  opportunity_id text,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, lead_id)
);
create index crm_lead_of_owner on crm_lead (org_id, owner_id);

create table crm_campaign (
  org_id text not null,
  campaign_id text not null,
  type text,
  status text,
  first_day date,
  last_day date,
  is_active boolean not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, campaign_id)
);

create table crm_campaign_member (
  org_id text not null,
  member_id text not null,
  campaign_id text not null,
  lead_id text,
  contact_id text,
  has_responded boolean not null,
  responded_on date,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, member_id)
);
create index crm_campaign_member_of_campaign on crm_campaign_member (org_id, campaign_id);

create table crm_meeting (
  org_id text not null,
  event_id text not null,
  user_id text,
  who_id text,
  what_id text,
  account_id text,
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, event_id)
);
create index crm_meeting_of_rep on crm_meeting (org_id, user_id, created_at);

-- Tasks that people plan: those that calls became are not among them.
create table crm_follow_up (
  org_id text not null,
  task_id text not null,
  user_id text,
  who_id text,
  what_id text,
  account_id text,
  due_on date,
  is_closed boolean not null,
  created_at timestamptz not null,
  completed_at timestamptz,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, task_id)
);
create index crm_follow_up_of_rep on crm_follow_up (org_id, user_id, due_on);

create table crm_quota (
  org_id text not null,
  quota_id text not null,
  user_id text not null,
  -- Of the month or quarter.
  first_day date not null,
  -- Null for a quota in pieces.
  amount double precision,
  quantity double precision,
  product_family text,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, quota_id)
);
create index crm_quota_of_rep on crm_quota (org_id, user_id, first_day);

create table crm_benchmark (
  org_id text not null,
  benchmark_id text not null,
  metric text,
  value double precision,
  low double precision,
  high double precision,
  effective_from date,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, benchmark_id)
);
