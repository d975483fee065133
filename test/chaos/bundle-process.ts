import { randomUUID } from "node:crypto";
import path from "node:path";
import { build, type Plugin } from "esbuild";

type Entry = "worker-process" | "sweeper-process";

/**
 * A process as one file: it is started hundreds of times, and finding its modules one by one takes five times as long
 * as all the rest of a start.
 */
export async function bundleProcess(entry: Entry, { plugins = [] }: { plugins?: Plugin[] } = {}): Promise<string> {
  const outfile = path.resolve(".data", `chaos-${entry}-${process.pid}-${randomUUID()}.cjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, `${entry}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    jsx: "automatic",
    logLevel: "error",
    plugins,
    external: ["pg-native", "redis", "@react-email/*"],
    define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
  });
  return outfile;
}
