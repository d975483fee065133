import { readFileSync } from "node:fs";
import { posix as path } from "node:path";
import { expect, test } from "vitest";
import { listSources } from "./support/sources.ts";

/** Who may import whom. `types` may be taken with `import type` alone: that costs the browser nothing. */
const layers: Record<string, { values: string[]; types?: string[] }> = {
  lib: { values: [] },
  emails: { values: ["lib"] },
  db: { values: ["lib"] },
  engine: { values: ["lib", "db"] },
  importing: { values: ["lib", "db"] },
  messaging: { values: ["lib", "db", "emails", "env"] },
  components: { values: ["lib"], types: ["db", "engine", "messaging"] },
  worker: { values: ["lib", "db", "engine", "importing", "messaging", "env"] },
  app: { values: ["lib", "db", "engine", "importing", "messaging", "emails", "components", "env"] },
};

const sources = listSources().filter((file) => /\.tsx?$/.test(file));
const layered = sources.filter((file) => !/\.test\.tsx?$/.test(file) && (file.split("/")[0] ?? "") in layers);
const read = (file: string) => readFileSync(file, "utf8");

const isWithin = (target: string) => (folder: string) =>
  target === folder || target.startsWith(`${folder}/`) || target.startsWith(`${folder}.`);

function importsOf(file: string) {
  const statements = read(file).matchAll(/^(?:import|export)\s+(type\s)?(?:[^;'"]*?from\s+)?["']([#.][^"']+)["']/gm);
  return Array.from(statements, ([, type, target = ""]) => ({
    typeOnly: Boolean(type),
    target: target.startsWith("#") ? target.slice(1) : path.join(path.dirname(file), target),
  }));
}

test("the sources are found", () => {
  expect(layered.length).toBeGreaterThan(100);
});

test.each(layered)("%s imports only what its layer may", (file) => {
  const layer = file.split("/")[0] ?? "";
  const { values, types = [] } = layers[layer] ?? { values: [] };
  const strays = importsOf(file).filter(({ target, typeOnly }) => {
    const allowed = [layer, ...values, ...(typeOnly ? types : [])];
    return !allowed.some(isWithin(target));
  });
  expect(strays).toEqual([]);
});

test("browser code lives in components/", () => {
  const strays = sources.filter((file) => !file.startsWith("components/") && /^["']use client["']/.test(read(file)));
  expect(strays.filter((file) => !/(^|[-/])error\.tsx$/.test(file))).toEqual([]);
});

test("no page of the admin's reaches into another's folder", () => {
  const strays = sources
    .filter((file) => file.startsWith("app/admin/"))
    .flatMap((file) => {
      const area = file.split("/")[2];
      return importsOf(file).filter(({ target }) => target.startsWith("app/admin/") && target.split("/")[2] !== area);
    });
  expect(strays).toEqual([]);
});

test("no file has outgrown one reading", () => {
  expect(sources.filter((file) => read(file).split("\n").length > 301)).toEqual([]);
});

test("only the seams know the outside: the queue, the database's driver, the email provider", () => {
  const owners: Record<string, RegExp> = {
    bullmq: /^worker\//,
    ioredis: /^(worker\/connection|test\/support\/redis)\.ts$/,
    pg: /^(db|worker|scripts|test|e2e)\//,
    next: /^(app|components|proxy|next\.config|scripts\/web|test\/security|instrumentation)/,
    "better-auth": /^(app|scripts|test)\//,
    nodemailer: /^messaging\/providers\/smtp\.ts$/,
    resend: /^messaging\/providers\/resend(-history)?\.ts$/,
    standardwebhooks: /^messaging\/events\//,
    liquidjs: /^(lib\/templates\/liquid|bench\/render)\.ts$/,
    "sanitize-html": /^messaging\/sanitize-html\.ts$/,
    "sms-segments-calculator": /^messaging\/sms-segments\.ts$/,
  };
  const strays = sources.flatMap((file) =>
    Array.from(read(file).matchAll(/^import[^;'"]*["']([^#."'][^"']*)["']/gm), ([, name = ""]) => name)
      .map((name) => name.split("/")[0] ?? "")
      .filter((name) => owners[name] && !owners[name]?.test(file))
      .map((name) => `${file} imports ${name}`),
  );
  expect(strays).toEqual([]);
});
