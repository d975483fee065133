import { defineConfig } from "@playwright/test";

/** Those that a failed test left behind are no tests of ours. */
const checkouts = "**/.data/**";

/** Against a production build that scripts/test-e2e.ts starts, with a demo gym of its own; the newcomer starts it all. */
export default defineConfig({
  testDir: ".",
  projects: [
    { name: "newcomer", testMatch: "e2e/newcomer.spec.ts" },
    {
      name: "gym",
      testMatch: "e2e/**/*.spec.ts",
      testIgnore: ["e2e/newcomer.spec.ts", checkouts],
      // What touches a queue is shown on both; of the rest each takes a part, so that both end at the same time.
      ...(process.env.E2E_BACKEND === "redis" ? { grep: /@queue|@redis/ } : { grepInvert: /@redis/ }),
    },
    { name: "security", testMatch: "test/security/**/*.spec.ts", testIgnore: checkouts },
  ],
  outputDir: `.data/test-results/${process.env.E2E_BACKEND ?? "newcomer"}`,
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: process.env.E2E_REPORT ?? ".data/e2e.json" }]],
  use: {
    baseURL: process.env.BASE_URL,
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
