import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const loaded = readFileSync("components/mantine-styles.ts", "utf8");

const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => `${folder}/${file}`),
);

function componentsUsedIn(file: string): string[] {
  const imports = readFileSync(file, "utf8").matchAll(/import \{([^}]*)\} from "@mantine\/core"/g);
  return [...imports].flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));
}

test("every Mantine component in use brings its style sheet", () => {
  const missing = sources.flatMap((file) =>
    componentsUsedIn(file)
      .filter((name) => existsSync(`node_modules/@mantine/core/styles/${name}.css`))
      .filter((name) => !loaded.includes(`/${name}.layer.css"`))
      .map((name) => `${name} (${file})`),
  );
  expect(missing).toEqual([]);
});
