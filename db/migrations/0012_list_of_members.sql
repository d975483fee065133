-- Small letters without accents: what people type and what they look for are compared like this. Letters come apart from
-- their accents (NFKD) before they are made small, since the database's locale may know no letters but ASCII's.
create function folded(text) returns text language sql immutable parallel safe
return lower(regexp_replace(normalize($1, NFKD), U&'[\0300-\036F]', '', 'g'));
--> statement-breakpoint
-- For the search in the middle of words. A trusted extension: the database's owner may create it.
create extension if not exists pg_trgm;
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "sort_name" text GENERATED ALWAYS AS (left(folded(trim(first_name || ' ' || last_name)), 100)) STORED;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_text" text GENERATED ALWAYS AS (left(folded(' ' || first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(external_id, '') || ' ' || coalesce(phone, '') || ' ' || regexp_replace(coalesce(phone, ''), '\(0\)|[^0-9]', '', 'g')), 400)) STORED;--> statement-breakpoint
-- Where names and what is looked for go together, one must read far for a page: then from the index alone. What is in it
-- has a length that fits.
CREATE INDEX "users_listed" ON "users" USING btree ("sort_name","id")
  INCLUDE ("search_text","status","membership_ends_on","primary_trainer_id","location_id") WHERE role = 'member' and erased_at is null;--> statement-breakpoint
CREATE INDEX "users_listed_text" ON "users" USING gin ("search_text" gin_trgm_ops) WHERE role = 'member' and erased_at is null;--> statement-breakpoint
CREATE INDEX "users_listed_state" ON "users" USING btree ("status","membership_ends_on") WHERE role = 'member' and erased_at is null;--> statement-breakpoint
CREATE INDEX "users_listed_level" ON "users" USING btree ("membership_level") WHERE role = 'member' and erased_at is null;--> statement-breakpoint
CREATE INDEX "users_listed_trainer" ON "users" USING btree ("primary_trainer_id") WHERE role = 'member' and erased_at is null;--> statement-breakpoint
CREATE INDEX "users_listed_location" ON "users" USING btree ("location_id") WHERE role = 'member' and erased_at is null;