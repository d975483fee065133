import { defineConfig } from "@playwright/test";

/** Against a production build that scripts/test-e2e.ts starts, with a demo gym of its own. */
export default defineConfig({
  testDir: ".",
  testMatch: ["e2e/**/*.spec.ts", "test/security/**/*.spec.ts"],
  // The second time round, on the other queue: what never touches a queue has been shown.
  // Checkouts that a test which failed left behind are no tests of ours.
  testIgnore: [
    "**/.data/**",
    ...(process.env.E2E_BACKEND === "redis" ? ["e2e/newcomer.spec.ts", "test/security/**"] : []),
  ],
  outputDir: ".data/test-results",
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: process.env.E2E_REPORT ?? ".data/e2e.json" }]],
  use: {
    baseURL: process.env.BASE_URL,
    trace: "retain-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
