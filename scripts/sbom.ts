import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Prints what production runs on, as CycloneDX. npm's own `--omit=dev` also leaves out what production shares with a tool
 * of development, so it is given a project that has no such tools.
 */
const { devDependencies: _, ...manifest } = JSON.parse(readFileSync("package.json", "utf8"));
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
type Entry = { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> };
const all: Record<string, Entry> = lock.packages;
const inUse = new Map<string, Entry>();
collect("", { dependencies: manifest.dependencies, optionalDependencies: manifest.optionalDependencies });

/** A package and all that it needs, each from the nearest folder that has it. */
function collect(place: string, entry: Entry): void {
  inUse.set(place, entry);
  for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
    let folder = place;
    while (folder && !all[`${folder}/node_modules/${name}`]) {
      folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "");
    }
    const found = folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    const needed = all[found];
    if (needed && !inUse.has(found)) {
      collect(found, needed);
    }
  }
}

const directory = mkdtempSync(path.join(tmpdir(), "retention-sbom-"));
try {
  const write = (name: string, content: unknown) => writeFileSync(path.join(directory, name), JSON.stringify(content));
  write("package.json", manifest);
  write("package-lock.json", { ...lock, packages: Object.fromEntries(inUse) });
  const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"];
  execFileSync("npm", args, { cwd: directory, stdio: ["ignore", "inherit", "inherit"] });
} finally {
  rmSync(directory, { recursive: true });
}
