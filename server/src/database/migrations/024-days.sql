-- Where a call was once taken to have begun, so that the day on which it was counted is found after it moved.
alter table call add column earlier_starts timestamptz[];
drop index call_of_rep_by_number;
-- Which calls a record was dialed in.
create index call_personal_of_record on call_personal (org_id, record_id) where record_id is not null;

-- A rep's day is added up from its calls, so nothing need be kept of each call.
drop table call_contribution;
truncate rep_day;
alter table rep_day
  add column meetings integer not null default 0,
  add column excused_calls integer not null default 0,
  add column excluded_calls integer not null default 0,
  add column connect_talk_seconds bigint not null default 0,
  add column connect_talk_seconds_squared bigint not null default 0,
  add column wrapped_calls integer not null default 0,
  add column after_call_seconds_squared bigint not null default 0,
  add column handled_dials integer not null default 0,
  add column handle_seconds bigint not null default 0,
  add column handle_seconds_squared bigint not null default 0,
  add column speech_calls integer not null default 0,
  add column talk_ratio_per_mille bigint not null default 0,
  add column talk_ratio_per_mille_squared bigint not null default 0;
-- The zone and the thresholds by which a rep's calls were added up; null for none yet.
alter table rep_rollup add column counted_by text;
update rep_rollup set position = 0;
