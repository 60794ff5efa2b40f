-- What was learned of an org's calls for each goal, how well that did on calls it had not seen, and the model where lists go by it.
create table call_goal_model (
  org_id text not null,
  goal text not null check (goal in ('reach', 'convert')),
  quality jsonb not null,
  model jsonb,
  primary key (org_id, goal)
);

-- What was learned before knew one goal only: it is learned again at the next pass.
alter table call_model
  drop column calls,
  drop column predicted_calls,
  drop column model,
  drop column model_auc,
  drop column recency_auc,
  drop column difference_low,
  drop column difference_high,
  drop column is_used;
update call_model set trained_at = null, requested_at = now() - interval '2 days';
