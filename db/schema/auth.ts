import { boolean, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";

/** Who may sign in. Its email is unique, unlike a member's: two people who share an address share no sign-in. */
export const authUsers = pgTable("auth_users", {
  id: id(),
  userId: reference("user_id")
    .unique()
    .references(() => users.id),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  createdAt: createdAt(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** The cookie carries the token with a signature made from AUTH_SECRET: what stands here opens nothing by itself. */
export const authSessions = pgTable(
  "auth_sessions",
  {
    id: id(),
    userId: reference("user_id")
      .notNull()
      .references(() => authUsers.id, { onDelete: "cascade" }),
    token: text("token").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_sessions_user").on(table.userId)],
);

export const authAccounts = pgTable(
  "auth_accounts",
  {
    id: id(),
    userId: reference("user_id")
      .notNull()
      .references(() => authUsers.id, { onDelete: "cascade" }),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("auth_accounts_provider").on(table.providerId, table.accountId),
    index("auth_accounts_user").on(table.userId),
  ],
);

export const authVerifications = pgTable(
  "auth_verifications",
  {
    id: id(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_verifications_identifier").on(table.identifier)],
);

/** Sign-in attempts per account and per network, counted in windows. */
export const signInAttempts = pgTable("sign_in_attempts", {
  /** `account:<sha-256 of the address>` or `network:<IPv4 or IPv6 /64>`. */
  key: text("key").primaryKey(),
  windowStartedAt: instant("window_started_at").notNull(),
  attempts: integer("attempts").notNull(),
});
