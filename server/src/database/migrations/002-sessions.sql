-- Nonces of org tokens that opened a session, kept until the token would have expired anyway.
create table session_nonce (
  org_id text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (org_id, nonce)
);

create index session_nonce_by_expiry on session_nonce (expires_at);
