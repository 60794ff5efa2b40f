-- The relay's copies of improvement drives and of who takes part.
create table crm_sales_drive (
  org_id text not null,
  drive_id text not null,
  metric text,
  uplift double precision,
  first_day date,
  last_day date,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, drive_id)
);

create table crm_drive_member (
  org_id text not null,
  member_id text not null,
  member_key text,
  drive_id text,
  user_id text,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  changed_at timestamptz not null default now(),
  primary key (org_id, member_id)
);
create index crm_drive_member_of_drive on crm_drive_member (org_id, drive_id);

-- When the org was last told how a drive goes.
create table drive_progress (
  org_id text not null,
  drive_id text not null,
  told_at timestamptz not null,
  primary key (org_id, drive_id)
);
