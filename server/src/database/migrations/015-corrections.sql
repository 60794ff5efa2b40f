-- Who said last what came of a call: the rep on the phone or by hand, or the org, where the rep edited the Task.
alter table call add column outcome_witness text;
update call set outcome_witness = 'softphone' where outcome is not null;
-- Of an edit in the org: the rep's outcome that it replaces.
alter table call_event add column after_sequence integer;
-- Why the rep corrected a call or logged it by hand.
alter table call_personal add column reason text;

-- A Task that was deleted in the org stays deleted: the call is no longer written there.
alter table crm_delivery add column deleted_at timestamptz;

-- What the org has of the calls' Tasks, as it was last read. A row that nobody has judged may bear an edit.
create table crm_call_task (
  org_id text not null,
  call_id uuid not null,
  task_id text not null,
  version integer not null,
  outcome text,
  -- The contact, lead, account or opportunity on it.
  record_id text,
  is_deleted boolean not null,
  is_archived boolean not null,
  read_at timestamptz not null default now(),
  is_judged boolean not null default false,
  primary key (org_id, call_id)
);
create index crm_call_task_unjudged on crm_call_task (org_id, call_id) where not is_judged;

alter table crm_pace add column reconciled_at timestamptz;
