import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { bundle } from "../test/support/bundle.ts";

const execute = promisify(execFile);

/** Runs one of the commands as an operator does; answers what it printed, whatever its exit code. */
export const command = (name: string, ...args: string[]) => run("npm", "run", "--silent", name, "--", ...args);

const bundles = new Map<string, string>();
process.once("exit", () => {
  for (const file of bundles.values()) {
    rmSync(file);
  }
});

/** The same where it has been shown, or goes without saying, that npm and tsx start it. */
export async function quickCommand(name: string, ...args: string[]) {
  const file = bundles.get(name) ?? (await bundle(`scripts/${name}.ts`));
  bundles.set(name, file);
  return run(process.execPath, file, ...args);
}

async function run(program: string, ...args: string[]) {
  const call = execute(program, args, { env: process.env });
  const { stdout, code } = await call.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  return { stdout, code };
}
