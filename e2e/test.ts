import { test as base, type Page } from "@playwright/test";

/**
 * A server-rendered page is seen before its script has run, and what is pressed or typed by then is lost. A person waits and
 * tries again; a test waits here, until React has taken over every control that is there. Pages without a script are ready at
 * once.
 */
export async function untilAwake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    if (!document.querySelector('script[src*="/_next/"]')) {
      return true;
    }
    const controls = document.querySelectorAll(
      ":is(button, select, textarea, input):not([type=hidden], [aria-hidden=true])",
    );
    return [...controls].every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$")));
  });
}

/** Playwright's, with a page that is awake when it has been opened or reloaded. */
export const test = base.extend({
  page: async ({ page }, use) => {
    for (const name of ["goto", "reload"] as const) {
      const open = page[name].bind(page) as (...given: unknown[]) => ReturnType<Page["goto"]>;
      page[name] = async (...given: unknown[]) => {
        const response = await open(...given);
        await untilAwake(page);
        return response;
      };
    }
    await use(page);
  },
});
