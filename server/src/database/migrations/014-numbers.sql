-- How far an object was read: up to and with this record, in the order of its stamp. `complete_as_of` is when the last
-- read that came to its end began; null while the object was never read whole.
alter table crm_sync_cursor add column last_record_id text, add column complete_as_of timestamptz;
-- What is read of these objects has grown, so they are read from the beginning.
delete from crm_sync_cursor where object_name in ('User', 'Contact', 'Lead');
update crm_sync_cursor set complete_as_of = synced_at - interval '1 hour';

alter table crm_user
  add column role_id text,
  add column manager_id text,
  add column email_hash text,
  add column modified_at timestamptz not null default '-infinity';

-- Keyed hashes of a user's own numbers, which are nobody's whom the user calls.
create table crm_user_number (
  org_id text not null,
  user_id text not null,
  number_hash text not null,
  extension text not null,
  primary key (org_id, user_id, number_hash, extension)
);

-- The contacts, leads and accounts of the org. Deleted ones stay, so that a call that was dialed from one is known to
-- have lost it. A converted lead leads on to its contact.
create table crm_record (
  org_id text not null,
  record_id text not null,
  object_name text not null,
  account_id text,
  converted_to text,
  email_hash text,
  -- Tells whether the numbers or the wish not to be called changed.
  content_hash text not null,
  is_deleted boolean not null,
  modified_at timestamptz not null,
  primary key (org_id, record_id)
);

-- Keyed hashes of the numbers that stand on these records. An extension is kept apart; '' is the line itself.
create table crm_number (
  org_id text not null,
  record_id text not null,
  number_hash text not null,
  extension text not null,
  primary key (org_id, record_id, number_hash, extension)
);
create index crm_number_by_hash on crm_number (org_id, number_hash, extension);

-- Whose an ambiguous number is, as a rep once chose; it holds while the record exists.
create table crm_number_choice (
  org_id text not null,
  number_hash text not null,
  extension text not null,
  record_id text not null,
  chosen_by text not null,
  chosen_at timestamptz not null default now(),
  primary key (org_id, number_hash, extension)
);

-- Calls whose Task was written without a record, because several fit.
create table crm_pending_match (
  org_id text not null,
  call_id uuid not null,
  user_id text not null,
  number_hash text not null,
  extension text not null,
  primary key (org_id, call_id)
);
create index crm_pending_match_of_rep on crm_pending_match (org_id, user_id);
create index crm_pending_match_by_number on crm_pending_match (org_id, number_hash, extension);

-- The version of a call at which its rep chose its record.
alter table call add column record_version integer;
-- The extension behind the number; null where the line itself was dialed.
alter table call_personal add column extension text;
