-- When the call began of which this is the contribution, so that its neighbours are found also after it moved.
alter table call_contribution add column started_at timestamptz;

-- The rep's calls to one number, in the order in which they began.
create index call_of_rep_by_number on call (org_id, user_id, number_hash, started_at);
