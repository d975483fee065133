const starts = ["'", '"', "\\'", "''", "`", "1", "x", "%27", "$$", "');"];
const ends = [
  " or 1=1 --",
  " or ''='",
  "; drop table users; --",
  "; update users set role = 'admin'; --",
  " union select id, email, role from users --",
  "::int",
  "/**/or/**/1=1",
  ") or (1=1",
  "\u0000",
  " || pg_sleep(5) --",
];

/** A hundred attempts at making text part of a statement. */
export const injections = starts.flatMap((start) => ends.map((end) => start + end));
