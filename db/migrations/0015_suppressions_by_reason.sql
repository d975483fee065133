ALTER TABLE "suppressions" DROP CONSTRAINT "suppressions_address";--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_address" UNIQUE("channel","address_hash","reason");