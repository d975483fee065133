import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";

export type ProjectCopy = {
  write(file: string, text: string): void;
  append(file: string, text: string): void;
  /** The module as it is there, beside the one of the project itself. */
  load<Module>(file: string): Promise<Module>;
  remove(): void;
};

/** Some of the project's folders once more, to be changed as a developer would. Packages are the same. */
export function copyProject(folders: string[]): ProjectCopy {
  const root = mkdtempSync(path.join(inject("scratchDirectory"), "copy-"));
  const at = (file: string) => path.join(root, file);
  for (const name of [...folders, "package.json", "tsconfig.json"]) {
    cpSync(name, at(name), { recursive: true, filter: (source) => !/\.test\.tsx?$/.test(source) });
  }
  symlinkSync(path.resolve("node_modules"), at("node_modules"));
  return {
    write: (file, text) => writeFileSync(at(file), text),
    append: (file, text) => appendFileSync(at(file), text),
    load: (file) => import(/* @vite-ignore */ pathToFileURL(at(file)).href),
    remove: () => rmSync(root, { recursive: true }),
  };
}
