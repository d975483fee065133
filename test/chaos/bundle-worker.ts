import path from "node:path";
import { build } from "esbuild";

/**
 * The worker as one file: it is started hundreds of times, and finding its modules one by one takes five times as long
 * as all the rest of a start.
 */
export async function bundleWorker(): Promise<string> {
  const outfile = path.resolve(".data", `witness-worker-${process.pid}.cjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, "witness-worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    jsx: "automatic",
    logLevel: "error",
    external: ["pg-native", "redis", "@react-email/*"],
    define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
  });
  return outfile;
}
