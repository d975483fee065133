import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs one of the commands as an operator does; answers what it printed, whatever its exit code. */
export async function command(name: string, ...args: string[]) {
  const call = run("npm", ["run", "--silent", name, "--", ...args], { env: process.env });
  const { stdout, code } = await call.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  return { stdout, code };
}
