import { rmSync } from "node:fs";
import { test } from "vitest";
import { bundle } from "../support/bundle.ts";
import { failpointPlugin } from "./failpoints.ts";

test("every failpoint has its place in the sources", async () => {
  rmSync(await bundle("test/chaos/worker-process.ts", { plugins: [failpointPlugin] }));
});
