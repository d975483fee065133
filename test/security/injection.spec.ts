import { expect, test } from "@playwright/test";
import { people } from "../../e2e/sign-in.ts";
import { injections } from "../support/injection.ts";
import { ask, cookieFor } from "./http.ts";

type Place = [where: string, who: keyof typeof people, address: (text: string) => string];

/** Whatever takes a word from an address. */
const data: Place[] = [
  ["the steps' workflow", "admin", (text) => `/api/logs/steps?workflow=${text}`],
  ["the steps' page", "admin", (text) => `/api/logs/steps?before=${text}`],
  ["the messages' workflow", "admin", (text) => `/api/logs/messages?workflow=${text}`],
  ["the messages' page", "admin", (text) => `/api/logs/messages?before=${text}`],
  ["a message", "admin", (text) => `/api/messages/${text}/html`],
  ["a workflow's figures", "admin", (text) => `/api/workflows/${text}/numbers`],
  ["a request", "admin", (text) => `/api/requests/${text}`],
  ["the notifications' page", "member", (text) => `/api/notifications?before=${text}`],
];
const pages: Place[] = [
  ["the search for members", "admin", (text) => `/api/members?text=${text}`],
  ["the log page's workflow", "admin", (text) => `/admin/logs?workflow=${text}`],
  ["the message page's workflow", "admin", (text) => `/admin/logs/messages?workflow=${text}`],
  ["the unconfirmed messages' workflow", "admin", (text) => `/admin/logs/unconfirmed?workflow=${text}`],
  ["the search in the list of members", "admin", (text) => `/admin/members?q=${text}`],
  ["a filter of members", "admin", (text) => `/admin/members?tag=${text}&level=${text}`],
  ["a place in the list of members", "admin", (text) => `/admin/members?after=${text}&trainer=${text}`],
  ["a member's page", "admin", (text) => `/admin/members/${text}`],
  ["the question why", "admin", (text) => `/admin/members/8?why=${text}`],
  ["a message's page", "admin", (text) => `/admin/logs/messages/${text}`],
  ["a link to sign in", "admin", (text) => `/sign-in/link?token=${text}`],
  ["a link to unsubscribe", "admin", (text) => `/unsubscribe/${text}`],
];

/** What was sent may be sent back, as text; what the database says to it may not. */
const isTalkOfTheDatabase = /syntax error|invalid input syntax|failed query|out of range|node_modules/i;

for (const [where, who, address] of [...data, ...pages]) {
  test(`S22: attempts at injection reach nothing through ${where}`, async () => {
    const cookie = await cookieFor(people[who]);
    // Pages are slower: each beginning and each end comes once.
    const texts = data.some(([name]) => name === where)
      ? injections
      : injections.filter((_, place) => place % 11 === 0);
    const begun = performance.now();
    for (const text of texts) {
      const { status, body } = await ask(address(encodeURIComponent(text)), { headers: { cookie } });
      expect(status, text).toBeLessThan(500);
      expect(body).not.toMatch(isTalkOfTheDatabase);
      if (data.some(([name]) => name === where)) {
        expect([400, 404, 422], text).toContain(status);
      }
    }
    // Two of them would have slept for five seconds each.
    expect((performance.now() - begun) / texts.length).toBeLessThan(1_000);
  });
}
