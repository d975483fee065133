import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Those that take minutes are files of their own.
    include: ["**/*.test.ts", "**/*.test.tsx", ...(process.env.TEST_SIZE === "long" ? ["**/*.long.ts"] : [])],
    exclude: ["node_modules", ".next", ".data", "e2e"],
    globalSetup: "./test/support/global-setup.ts",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: "threads",
    // Files of one thread share their modules, whose loading would be an eighth of all work. What a module remembers
    // must be right for whoever comes next, as in a process that serves for months.
    isolate: false,
    // One for each core: left alone, vitest keeps one for itself, and most files wait for a database anyway.
    maxWorkers: "100%",
  },
});
