-- Whether an org's people keep a calendar: asked of each period of each card.
create index crm_meeting_by_day on crm_meeting (org_id, created_at) where not is_deleted;
