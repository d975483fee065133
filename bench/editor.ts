import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "@playwright/test";
import { storeFiftySteps } from "../e2e/fifty-steps.ts";
import { signIn } from "../e2e/sign-in.ts";
import { type Gym, startGymServer } from "../scripts/e2e-gym.ts";
import { median, ms } from "./measure.ts";

/** As this machine is, and as an old phone is beside it. */
const slowDowns = [1, 4];

/** What is felt as an answer at once. */
const goalMs = 100;

type Interaction = { name: string; act: (page: Page) => Promise<unknown> };

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const card = (page: Page, title: string, index: number) =>
  page.getByRole("button", { name: new RegExp(`^${title}.*, step \\d+ of `) }).nth(index);

/** In this order, each in the state in which the one before it left the page. */
const interactions: Interaction[] = [
  { name: "open a step's panel", act: (page) => card(page, "Wait", 8).click() },
  { name: "open another", act: (page) => card(page, "Add a tag", 10).click() },
  {
    name: "type a letter",
    async act(page) {
      await details(page).getByLabel("Tag", { exact: true }).focus();
      await page.keyboard.press("x");
    },
  },
  {
    name: "open the menu of steps",
    act: (page) => page.getByRole("button", { name: "Add a step here" }).nth(20).click(),
  },
  {
    name: "insert a step",
    act: (page) => page.getByRole("menuitem", { name: "Add a tag", exact: true }).click(),
  },
  { name: "undo", act: (page) => page.getByRole("button", { name: "Undo", exact: true }).click() },
  { name: "delete a branch", act: (page) => card(page, "Decide", 0).press("Delete") },
  { name: "undo that", act: (page) => page.getByRole("button", { name: "Undo", exact: true }).click() },
];

/**
 * Interaction to next paint in the editor of a workflow of 50 steps, as Chromium measures it, in the production build of
 * a demo gym. What takes less than a frame is given as one.
 */
export async function benchEditor(repetitions: number): Promise<void> {
  if (!existsSync(".next/BUILD_ID")) {
    throw new Error("This needs the production build: npm run build.");
  }
  const server = await startGymServer();
  const gym = await server.openGym("postgres");
  process.env.OWNER_DATABASE_URL = gym.env.OWNER_DATABASE_URL;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const address = await storeFiftySteps();
    for (const slowDown of slowDowns) {
      const samples = new Map(interactions.map(({ name }) => [name, [] as number[]]));
      for (let repetition = 0; repetition < repetitions; repetition++) {
        for (const [name, duration] of await measure(browser, gym, { address, slowDown })) {
          samples.get(name)?.push(duration);
        }
      }
      console.log(slowDown === 1 ? `as it is, goal ${goalMs} ms:` : `processor ${slowDown} times as slow:`);
      for (const [name, durations] of samples) {
        console.log(`  ${name}: median ${ms(median(durations))}, worst ${ms(Math.max(...durations))}`);
      }
    }
  } finally {
    await browser.close();
    await gym.stop();
    await server.stop();
  }
}

async function measure(browser: Browser, gym: Gym, { address, slowDown }: { address: string; slowDown: number }) {
  const context = await browser.newContext({ baseURL: gym.env.BASE_URL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, "admin", address);
  await page.waitForLoadState("networkidle");
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
  await page.evaluate(observe);
  const durations: [string, number][] = [];
  for (const { name, act } of interactions) {
    await page.evaluate(() => window.slowest.splice(0));
    await act(page);
    await page.waitForFunction(hasRested);
    durations.push([name, await page.evaluate(() => Math.max(1000 / 60, ...window.slowest))]);
  }
  await context.close();
  return durations;
}

declare global {
  interface Window {
    /** How long each event took until the next paint, of those that took longer than a frame. */
    slowest: number[];
  }
}

function observe() {
  window.slowest = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
      if (entry.interactionId > 0) {
        window.slowest.push(entry.duration);
      }
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
}

/** Its frames are drawn and measured; what was changed is saved, so that no save falls into what comes next. */
const hasRested = () =>
  new Promise<boolean>((resolve) =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          const notes = [...document.querySelectorAll("[role=status]")];
          resolve(!notes.some(({ textContent }) => textContent === "Saving…"));
        }, 100),
      ),
    ),
  );
