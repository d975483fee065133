/** An environment in which every variable is wrong. */
export const brokenEnv = {
  DATABASE_URL: "mysql://root:hunter2@db/gym",
  MIGRATION_DATABASE_URL: "postgres//owner:hunter2@db/gym",
  REDIS_URL: "127.0.0.1:6379",
  APP_URL: "http://app.gym.example",
  AUTH_SECRET: "hunter2",
  AUTH_SECRET_PREVIOUS: "hunter2",
  EMAIL_PROVIDER: "pigeon",
  PORT: "99999",
  TRUSTED_PROXIES: "127.0.0.1, 10.0.0.256",
  LOG_LEVEL: "loud",
};
