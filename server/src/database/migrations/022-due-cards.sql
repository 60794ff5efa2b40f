-- A card is due when its rep's figures, goals or day changed since it was published.
alter table rep_rollup
  add column card_due_at timestamptz,
  add column card_attempts integer not null default 0;
create index rep_rollup_card_due on rep_rollup (org_id, card_due_at) where card_due_at is not null;
