import { readdirSync, readFileSync } from "node:fs";

/** What others write to while tests run is not even listed. */
const ignored = new Set(["node_modules", ".next", ".data", ".git"]);

/** The project's own code, by path from its root. */
export function listSources(): string[] {
  return readdirSync(".", { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(entry.name, { recursive: true, encoding: "utf8" }).map((file) => `${entry.name}/${file}`)
        : [entry.name],
    )
    .filter(isListed);
}

export const isListed = (file: string) => /\.([jt]sx?|mjs)$/.test(file) && file !== "next-env.d.ts";

export const readSource = (file: string) => readFileSync(file, "utf8");
