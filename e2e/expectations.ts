import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What may differ in the dark. */
const colourRules = ["color-contrast", "link-in-text-block"];

type ColorScheme = "light" | "dark";

/** The accessibility faults that a machine can find on a page in the colours that it has. */
export async function listFaults(page: Page, colorScheme: ColorScheme): Promise<string[]> {
  // The legacy mode looks into no frames of other origins, which are left out anyway, and takes half the time.
  const axe = new AxeBuilder({ page })
    .exclude("iframe")
    .setLegacyMode()
    .options({
      resultTypes: ["violations"],
      ...(colorScheme === "dark" && { runOnly: { type: "rule", values: colourRules } }),
    });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** No such fault, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    expect(await listFaults(page, colorScheme), `${page.url()} in the ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** By how many pixels the page is too wide. */
export const measureOverhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Nothing sticks out to the side, so that nobody has to scroll there. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // A page whose window has just changed needs a moment.
  await expect.poll(() => measureOverhang(page), `${page.url()} is too wide`).toBe(0);
}

/** Collects what the browser complains of: errors, broken promises of the security policy. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Playwright, recording, tries to run a script in the frame that shows a message, and is rightly refused.
    if (message.type() === "error" && !message.text().startsWith("Blocked script execution")) {
      complaints.push(`${message.text()} ${message.location().url}`);
    }
  });
  return complaints;
}
