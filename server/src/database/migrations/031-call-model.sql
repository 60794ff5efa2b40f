-- What was learned of an org's calls, and how well that did on calls it had not seen.
create table call_model (
  org_id text primary key,
  -- When training was last asked for, and how many calls there were to learn from when it was done.
  requested_at timestamptz not null default now(),
  trained_at timestamptz,
  calls integer,
  predicted_calls integer,
  model jsonb,
  model_auc double precision,
  recency_auc double precision,
  difference_low double precision,
  difference_high double precision,
  is_used boolean not null default false
);

-- The org's last calls, from which it learns.
create index call_by_opening on call (org_id, opened_at);
