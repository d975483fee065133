import { randomUUID } from "node:crypto";
import path from "node:path";
import { build, type Plugin } from "esbuild";

type Options = {
  plugins?: Plugin[];
  /** Inside of the project, where packages that stay apart are found. */
  directory?: string;
};

/** Packages of CommonJS inside of a module ask for what they need. */
const banner =
  'import { createRequire as bundledRequire } from "node:module"; const require = bundledRequire(import.meta.url);';

/**
 * An entry point as one file, for the caller to remove: tests start some of them by the dozen, and finding their modules
 * one by one takes five times as long as all the rest of a start.
 */
export async function bundle(entry: string, { plugins = [], directory = ".data" }: Options = {}): Promise<string> {
  const outfile = path.resolve(directory, `${path.basename(entry, ".ts")}-${randomUUID()}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    logLevel: "error",
    // A third less to read at each start; names stay, for whoever reads a stack.
    ...{ minifyWhitespace: true, minifySyntax: true },
    banner: { js: banner },
    plugins,
    external: ["pg-native", "redis", "@react-email/*"],
  });
  return outfile;
}
