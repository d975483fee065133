import { expect, test } from "@playwright/test";
import { people } from "../../e2e/sign-in.ts";
import { ask, cookieFor } from "./http.ts";

const disguises: Record<string, string>[] = [
  {},
  { rsc: "1" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
];

test("S1: the dashboard tells admins of the gym, staff of their tasks, and nobody else anything", async () => {
  for (const [who, status] of Object.entries({ nobody: 307, member: 403, trainer: 200, admin: 200 })) {
    const cookie = who === "nobody" ? "" : await cookieFor(people[who as keyof typeof people]);
    for (const headers of disguises) {
      const { status: answered, body } = await ask("/admin", { headers: { ...headers, cookie } });
      const [ofGym, ofTasks] = [/Away for|Needs attention|30 days/.test(body), /Your tasks/.test(body)];
      if ("rsc" in headers) {
        expect({ who, ofGym: ofGym && who !== "admin", ofTasks: ofTasks && who !== "trainer" }).toEqual({
          ...{ who, ofGym: false, ofTasks: false },
        });
      } else {
        expect({ who, answered, ofGym, ofTasks }).toEqual({
          ...{ who, answered: status, ofGym: who === "admin", ofTasks: who === "trainer" },
        });
      }
    }
  }
});
