import type { Page } from "@playwright/test";
import { at, once, type Scene } from "./scene.ts";

async function bring(page: Page, content: string) {
  await page.goto("/admin/members/import");
  const buffer = Buffer.from(content);
  await page.getByLabel("Choose a CSV file").setInputFiles({ name: "members.csv", mimeType: "text/csv", buffer });
  await page.waitForURL(/import\/\d+$/);
  return new URL(page.url()).pathname;
}

const header = "Mitgliedsnummer;Vorname;Nachname;E-Mail;Geburtsdatum;Ort";

const checked = once(async (page) => {
  const people = ["Ada;Lovelace", "Grace;Hopper", "Mary;Somerville", "Emmy;Noether"];
  const lines = people.map((name, index) => `S${index};${name};s${index}@scene.example;19${80 + index}-02-30;Bern`);
  const good = Array.from(
    { length: 40 },
    (_, index) => `G${index};Good;Number ${index};g${index}@scene.example;1990-05-05;Bern`,
  );
  const address = await bring(page, [header, ...lines, ...good].join("\n"));
  await page.getByRole("button", { name: /^Import \d+ lines$/ }).waitFor();
  return address;
});

const asked = once(async (page) => {
  const address = await bring(page, `${header}\nS1;Ada;Lovelace;ada@scene.example;03/04/1990;Bern`);
  await page.getByText(/day\/month or month\/day/).waitFor();
  return address;
});

const imported = once(async (page) => {
  await bring(
    page,
    `${header}\nS9;Ada;Lovelace;ada9@scene.example;1990-04-03;Bern\nS10;Ada;Lovelace;nobody;1990-04-03;Bern`,
  );
  await page.getByRole("button", { name: "Import 1 line" }).click();
  await page.getByText("Imported in part").waitFor();
  return new URL(page.url()).pathname;
});

export const importScenes: Scene[] = [
  { name: "import-checked", show: async (page) => page.goto(await checked(page)) },
  { name: "import-asked", show: async (page) => page.goto(await asked(page)) },
  { name: "import-done", show: async (page) => page.goto(await imported(page)) },
  at("import", "/admin/members/import"),
];
