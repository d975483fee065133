/**
 * A secret of each kind that a gym is given, those of providers too that it does not use: like nothing else, so that it is
 * found wherever it goes.
 */
export const canaries = {
  DATABASE_URL: "canary5d0f3b7a91c24e68",
  MIGRATION_DATABASE_URL: "canary8e17c2f40ab95d36",
  REDIS_URL: "canary2b96d8e05f714ca3",
  AUTH_SECRET: "canary71e4a90cb3d8265fcanary0f3d6b82e91a47c5",
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from("canary-of-server-actions-9b4e71c").toString("base64"),
  RESEND_API_KEY: "re_canary6c30e9b7d1f8425a",
  RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from("canary-of-webhooks-94d2b60e7f31").toString("base64")}`,
  SMTP_URL: "canarya85f17c3e0d2946b",
  TWILIO_ACCOUNT_SID: "ACca9a273e9b04d7a6f1c8520d9be61734",
  TWILIO_AUTH_TOKEN: "d07b4a3f82c916e5ca9a270b18e5d3f6",
};

type Addresses = { database: string; migrations: string; redis: string };

/** The environment that holds them all, as those who start a gym write it. */
export const canaryEnv = ({ database, migrations, redis }: Addresses) => ({
  ...canaries,
  DATABASE_URL: database,
  MIGRATION_DATABASE_URL: migrations,
  REDIS_URL: redis,
  SMTP_URL: `smtp://gym:${canaries.SMTP_URL}@mail.example:587`,
});

/** For the build that the browser tests run on: what is there when it is made must not be found in it, either. */
export const buildEnv = canaryEnv({
  database: `postgres://app:${canaries.DATABASE_URL}@127.0.0.1:1/none`,
  migrations: `postgres://owner:${canaries.MIGRATION_DATABASE_URL}@127.0.0.1:1/none`,
  redis: `redis://:${canaries.REDIS_URL}@127.0.0.1:1`,
});
