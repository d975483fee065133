// React draws half as fast for developers. Imported before anything that loads it.
Object.assign(process.env, { NODE_ENV: "production" });
