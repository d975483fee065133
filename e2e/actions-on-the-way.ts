import type { Page, Route } from "@playwright/test";

/** What becomes of the server actions that a page asks for, until the returned function lets them through again. */
async function onActions(page: Page, handle: (route: Route) => Promise<unknown>): Promise<() => Promise<void>> {
  const isAdmin = (url: URL) => url.pathname.startsWith("/admin/");
  await page.route(isAdmin, (route) => ("next-action" in route.request().headers() ? handle(route) : route.fallback()));
  return () => page.unroute(isAdmin);
}

/** They are lost on the way to the server. */
export const loseActions = (page: Page) => onActions(page, (route) => route.abort());

/** The server does what they ask for, and its answers are lost. */
export const loseAnswers = (page: Page) =>
  onActions(page, async (route) => {
    await route.fetch();
    await route.abort();
  });

/** The page was open since before the last deployment: it knows actions that are no more. */
export const outdateActions = (page: Page) =>
  onActions(page, (route) =>
    route.fallback({ headers: { ...route.request().headers(), "next-action": "0".repeat(42) } }),
  );

/** They ask for something else than the page did. */
export const changeInput = (page: Page, change: (input: Record<string, unknown>) => unknown) =>
  onActions(page, (route) => {
    const [input] = route.request().postDataJSON() as [Record<string, unknown>];
    return route.fallback({ postData: JSON.stringify([change(input)]) });
  });
