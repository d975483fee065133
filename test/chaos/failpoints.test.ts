import { rmSync } from "node:fs";
import { test } from "vitest";
import { bundleProcess } from "./bundle-process.ts";
import { failpointPlugin } from "./failpoints.ts";

test("every failpoint has its place in the sources", async () => {
  rmSync(await bundleProcess("worker-process", { plugins: [failpointPlugin] }));
});
