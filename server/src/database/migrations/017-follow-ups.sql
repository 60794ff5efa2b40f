-- What the org has of the follow-up that was promised in a call.
alter table crm_delivery
  -- The day as the relay wrote it last; null while there is none, or it was withdrawn.
  add column follow_up_on date,
  -- Every day it ever wrote: on another day, the rep has moved the follow-up.
  add column follow_up_days date[] not null default '{}',
  add column follow_up_task_id text,
  -- The version of the call when it was written last.
  add column follow_up_version integer;
