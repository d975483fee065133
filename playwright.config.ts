import { defineConfig } from "@playwright/test";

/** Those that a failed test left behind are no tests of ours. */
const checkouts = "**/.data/**";

/** One of those that scripts/test-e2e.ts starts side by side. */
const run = process.env.E2E_RUN ?? "e2e";

/**
 * The address bar's suggestions are a page with a process of its own, started for every window and never seen here. Chromium
 * reads only the last such list, so that this one repeats Playwright's.
 */
const disabledFeatures = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "Translate",
  "AimEnabled",
];

/** Against a production build that scripts/test-e2e.ts starts, with a demo gym of its own; the newcomer starts it all. */
export default defineConfig({
  testDir: ".",
  projects: [
    { name: "newcomer", testMatch: "e2e/newcomer.spec.ts" },
    {
      name: "gym",
      testMatch: "e2e/**/*.spec.ts",
      testIgnore: ["e2e/newcomer.spec.ts", "e2e/redis-away.spec.ts", checkouts],
      // What touches a queue is shown on both; of the rest each takes a part, so that both end at the same time.
      ...(process.env.E2E_BACKEND === "redis" ? { grep: /@queue|@redis/ } : { grepInvert: /@redis/ }),
    },
    { name: "redis-away", testMatch: "e2e/redis-away.spec.ts" },
    { name: "security", testMatch: "test/security/**/*.spec.ts", testIgnore: checkouts },
  ],
  // A browser on a busy machine may stumble once; what passes at the second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  outputDir: `.data/test-results/${run}`,
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: `.data/${run}.json` }]],
  use: {
    baseURL: process.env.BASE_URL,
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        `--disable-features=${disabledFeatures.join(",")}`,
      ],
    },
  },
});
