import { execFileSync, spawnSync } from "node:child_process";

/** What the tests need beside npm's packages: the command, and Debian's package that brings it. */
const tools = { chromium: "chromium", "redis-server": "redis-server" };

/** Installs what is missing where that is possible without asking; else says in one line how. */
export function ensureTools(): void {
  const missing = Object.entries(tools).filter(([command]) => !isInstalled(command));
  if (missing.length === 0) {
    return;
  }
  const packages = missing.map(([, name]) => name);
  const advice = `The tests need ${packages.join(" and ")}. On Debian: sudo apt-get install ${packages.join(" ")}`;
  if (process.getuid?.() !== 0 || !isInstalled("apt-get")) {
    throw new Error(advice);
  }
  try {
    execFileSync("apt-get", ["update"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (cause) {
    throw new Error(advice, { cause });
  }
}

const isInstalled = (command: string) => spawnSync("which", [command]).status === 0;
