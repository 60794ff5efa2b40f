-- Which worker reads an org now.
create table crm_sync_turn (
  org_id text primary key,
  worker text not null,
  ends_at timestamptz not null
);
