import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";

/** A checkout of its own beside this one, with everything but its data: files are linked, not copied. */
export function makeCheckout(name: string): string {
  const checkout = path.resolve(".data/checkouts", name);
  rmSync(checkout, { recursive: true, force: true });
  mkdirSync(checkout, { recursive: true });
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  const top = new Set(files.split("\0").flatMap((file) => file.split("/")[0] || []));
  execFileSync("cp", ["-al", "--", ...top, "node_modules", checkout]);
  return checkout;
}
