DROP INDEX "visits_member_day";--> statement-breakpoint
CREATE INDEX "visits_member_day" ON "visits" USING btree ("member_id","visited_on","kind");