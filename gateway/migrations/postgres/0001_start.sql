-- Moments are milliseconds since 1970, UTC.

-- What there is one of: the store's own number, how far the synchronisation is, how Nexudus does.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Notifications as Nexudus gave them.
CREATE TABLE records (
  id BIGINT PRIMARY KEY,
  coworker BIGINT NOT NULL,
  created BIGINT,
  updated BIGINT,
  -- IsDismissed as Nexudus has it, and as it holds here.
  remote BOOLEAN NOT NULL,
  dismissed BOOLEAN NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX records_of_coworker ON records (coworker);
CREATE INDEX records_by_creation ON records (created);
CREATE INDEX records_undismissed ON records (coworker, id) WHERE NOT dismissed;

-- What members want and Nexudus does not have yet: one entry for a record, the newest wish.
CREATE TABLE intents (
  id BIGINT PRIMARY KEY,
  coworker BIGINT NOT NULL,
  dismissed BOOLEAN NOT NULL,
  -- What was sent last, while its answer has not been seen.
  sent BOOLEAN,
  tries BIGINT NOT NULL,
  due BIGINT NOT NULL,
  -- Nexudus refuses it: it holds here alone.
  kept BOOLEAN NOT NULL
);
CREATE INDEX intents_due ON intents (due) WHERE NOT kept;

CREATE TABLE members (
  coworker BIGINT PRIMARY KEY,
  -- Rises with each change of the member's notifications.
  revision BIGINT NOT NULL,
  -- When the member's list was last compared with Nexudus as a whole.
  compared BIGINT
);

-- Members whose list is asked for and not known yet.
CREATE TABLE wanted (coworker BIGINT PRIMARY KEY, since BIGINT NOT NULL);

-- Requests to Nexudus: what the budget is counted from.
CREATE TABLE requests (at BIGINT NOT NULL, writes BOOLEAN NOT NULL);
CREATE INDEX requests_at ON requests (at);
