import { spawnSync } from "node:child_process";

/** What the tests need beside npm's packages: the command, and Debian's package that brings it. */
const tools = { chromium: "chromium", "redis-server": "redis-server" };

/** Ends the process with one line of advice where a tool is missing and cannot be installed. */
export function ensureTools(): void {
  const advice = installMissingTools();
  if (advice) {
    console.error(advice);
    process.exit(1);
  }
}

/** Installs what is missing where that is possible without asking. Returns what to do by hand, if anything. */
export function installMissingTools(): string | undefined {
  const missing = findMissingPackages();
  if (missing.length > 0 && process.getuid?.() === 0 && isInstalled("apt-get")) {
    console.log(`Installing ${missing.join(" and ")} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    // Silent: who follows the advice below sees what apt-get has to say.
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...missing], { stdio: "ignore", env });
  }
  const packages = findMissingPackages();
  return packages.length > 0
    ? `The tests need ${packages.join(" and ")}. On Debian: sudo apt-get install ${packages.join(" ")}`
    : undefined;
}

const findMissingPackages = () =>
  Object.entries(tools)
    .filter(([command]) => !isInstalled(command))
    .map(([, name]) => name);

const isInstalled = (command: string) => spawnSync("which", [command]).status === 0;
