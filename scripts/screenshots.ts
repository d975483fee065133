import { mkdirSync } from "node:fs";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { listFaults, measureOverhang, watchComplaints } from "../e2e/expectations.ts";
import { signIn } from "../e2e/sign-in.ts";
import { startGymServer } from "./e2e-gym.ts";
import { editorScenes } from "./screenshots/editor-scenes.ts";
import { importScenes } from "./screenshots/import-scenes.ts";
import { messageScenes } from "./screenshots/message-scenes.ts";
import { memberScenes, pageScenes, strangerScenes } from "./screenshots/page-scenes.ts";
import type { Scene } from "./screenshots/scene.ts";
import { templateScenes } from "./screenshots/template-scenes.ts";

/**
 * Every page of a demo gym at 1440 and 390 px, light and dark, into the folder given; only those whose name begins as a
 * second argument says. Tells what axe and the browser complain of, and what sticks out to the side. Needs a production
 * build.
 */
const directory = path.resolve(process.argv[2] ?? ".data/screenshots");
const beginning = process.argv[3] ?? "";

const views = [1440, 390].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme, height: width > 1000 ? 900 : 844 })),
);
const casts = [
  { who: null, scenes: strangerScenes },
  { who: "admin", scenes: [...pageScenes, ...editorScenes, ...templateScenes, ...messageScenes, ...importScenes] },
  { who: "member", scenes: memberScenes },
] as const;

mkdirSync(directory, { recursive: true });
const server = await startGymServer();
const gym = await server.openGym("postgres");
// Some scenes store what they show.
process.env.OWNER_DATABASE_URL = gym.env.OWNER_DATABASE_URL;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const faults: string[] = [];
try {
  for (const { who, scenes } of casts) {
    await shoot(
      who,
      scenes.filter(({ name }) => name.startsWith(beginning)),
    );
  }
} finally {
  await browser.close();
  await gym.stop();
  await server.stop();
}
for (const fault of faults) {
  console.log(fault);
}
process.exitCode = faults.length > 0 ? 1 : 0;

/** What a scene changes stays, so each is played in all views before the next. */
async function shoot(who: "admin" | "member" | null, scenes: readonly Scene[]) {
  const contexts: BrowserContext[] = [];
  for (const { width, height, colorScheme } of views) {
    const viewport = { width, height };
    contexts.push(
      await browser.newContext({ baseURL: gym.env.BASE_URL, colorScheme, reducedMotion: "reduce", viewport }),
    );
  }
  for (const scene of scenes) {
    for (const [index, context] of contexts.entries()) {
      const page = await context.newPage();
      if (who) {
        await signIn(page, who);
      }
      await take(page, scene, views[index] as (typeof views)[number]);
      await page.close();
    }
  }
}

async function take(page: Page, { name, show }: Scene, { width, colorScheme }: (typeof views)[number]) {
  const picture = `${name}-${width}-${colorScheme}`;
  const complaints = watchComplaints(page);
  try {
    await show(page);
    // What is live never rests.
    await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
    await page.screenshot({ path: path.join(directory, `${picture}.png`) });
    const overhang = await measureOverhang(page);
    faults.push(
      ...[
        ...(await listFaults(page, colorScheme)),
        ...(overhang > 0 ? [`${overhang} px too wide`] : []),
        ...complaints,
      ].map((fault) => `${picture}: ${fault}`),
    );
  } catch (error) {
    faults.push(`${picture}: ${error instanceof Error ? error.message : error}`);
    await page.screenshot({ path: path.join(directory, `${picture}.png`) });
  }
}
