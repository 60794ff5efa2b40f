-- What an admin set beside a weight, and so what is read of them from the beginning.
alter table crm_weight
  add column floor double precision,
  add column cap double precision,
  add column threshold_seconds double precision;
delete from crm_sync_cursor where object_name = 'Score_Weight__c';

-- The day that was promised first. A task whose day is moved later was still promised for that day.
alter table crm_follow_up add column promised_on date;
update crm_follow_up set promised_on = due_on;
create function keep_first_promise() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then new.promised_on := new.due_on;
  else new.promised_on := coalesce(old.promised_on, new.due_on);
  end if;
  return new;
end $$;
create trigger first_promise before insert or update on crm_follow_up
  for each row execute function keep_first_promise();
create index crm_follow_up_by_promise on crm_follow_up (org_id, user_id, promised_on);

-- How the shares of a role's reps were spread in the quarter before the one that starts here; made once a day.
create table team_base (
  org_id text not null,
  role_id text not null,
  period_start date not null,
  definition_version integer not null,
  made_on date not null,
  base jsonb not null,
  primary key (org_id, role_id, period_start)
);

-- Each rep's last figures of each quarter, for the comparison with peers and with other quarters.
create table rep_standing (
  org_id text not null,
  user_id text not null,
  period_start date not null,
  period_label text not null,
  role_id text,
  score double precision,
  score_low double precision,
  score_high double precision,
  pace_low double precision,
  pace_high double precision,
  alternatives double precision[] not null,
  score_p_value double precision,
  -- By metric: value and pValue, null where there is none.
  metrics jsonb not null,
  primary key (org_id, user_id, period_start)
);
create index rep_standing_of_role on rep_standing (org_id, period_start, role_id);
create index crm_user_of_role on crm_user (org_id, role_id);
