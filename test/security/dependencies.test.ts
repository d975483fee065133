import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Lock = { packages: Record<string, { version?: string; resolved?: string; hasInstallScript?: boolean }> };

const lock: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const manifest: Record<string, Record<string, string>> = JSON.parse(readFileSync("package.json", "utf8"));

/** The oldest versions without a known hole that touches us. Raise them with each advisory. */
const minimum: Record<string, string> = {
  next: "16.2.6",
  react: "19.2.6",
  "react-dom": "19.2.6",
  "drizzle-orm": "0.45.2",
  bullmq: "6.3.3",
  nodemailer: "7.0.7",
  "better-auth": "1.4.17",
};

const installed = (name: string) => lock.packages[`node_modules/${name}`]?.version;

const numbers = (version: string) => (version.split("-")[0] ?? "").split(".").map(Number);

function isAtLeast(version: string, oldest: string): boolean {
  const [a, b] = [numbers(version), numbers(oldest)];
  const difference = b.map((number, place) => (a[place] ?? 0) - number).find((number) => number !== 0) ?? 0;
  return difference >= 0;
}

test.each([
  ["16.2.6", true],
  ["16.10.0", true],
  ["17.0.0", true],
  ["16.2.5", false],
  ["15.9.9", false],
])("%s next to 16.2.6", (version, isNewEnough) => {
  expect(isAtLeast(version, "16.2.6")).toBe(isNewEnough);
});

test("every copy of a library that had a hole is newer than the hole", () => {
  const old = Object.entries(lock.packages).flatMap(([place, { version = "" }]) => {
    const oldest = minimum[place.replace(/^.*node_modules\//, "")];
    return oldest && !isAtLeast(version, oldest) ? [`${place} ${version} < ${oldest}`] : [];
  });
  expect(old).toEqual([]);
  expect(lock.packages).toHaveProperty(["node_modules/next"]);
});

test("versions are exact, and the lock names no registry", () => {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest;
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved)).toEqual([]);
});

test("S26: the bill of materials names what production runs on, in the version that runs", () => {
  const { bomFormat, components } = JSON.parse(execFileSync("npm", ["run", "--silent", "sbom"], { encoding: "utf8" }));
  const inUse = Object.keys(manifest.dependencies ?? {});
  expect(bomFormat).toBe("CycloneDX");
  const named: string[] = components.map(({ name, version }: Record<string, string>) => `${name}@${version}`);
  expect(named).toEqual(expect.arrayContaining(inUse.map((name) => `${name}@${installed(name)}`)));
  expect(named).not.toContain(`vitest@${installed("vitest")}`);
});

test("each package that wants to run something on installation was decided upon", () => {
  const allowed = manifest.allowScripts ?? {};
  const undecided = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.replace(/^.*node_modules\//, ""))
    .filter((name) => !(name in allowed));
  // fsevents is for macOS alone and brings its binary along.
  expect([...new Set(undecided)].filter((name) => name !== "fsevents")).toEqual([]);
});

test("Node's oldest supported version is said where npm reads it", () => {
  expect(manifest.engines?.node).toBe(">=20.19.0");
});
