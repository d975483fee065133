import type { Page } from "@playwright/test";

/** One picture: brings a page that is signed in to where it is to be taken, in any width. */
export type Scene = { name: string; show: (page: Page) => Promise<unknown> };

export const at = (name: string, address: string): Scene => ({ name, show: (page) => page.goto(address) });

/** Does it the first time that it is asked, and answers the same from then on. */
export function once<Value>(make: (page: Page) => Promise<Value>): (page: Page) => Promise<Value> {
  let made: Promise<Value> | undefined;
  return (page) => {
    made ??= make(page);
    return made;
  };
}
