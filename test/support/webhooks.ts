import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { vi } from "vitest";
import type { Database } from "#db/client";
import type { TestDatabase } from "./database.ts";

export const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
export const appUrl = "https://app.gym.example";
export const twilioToken = "0123456789abcdef0123456789abcdef";

type Told = {
  emailId?: string;
  to?: string[];
  at?: Date;
  data?: Record<string, unknown>;
};

/** A request's body as Resend writes it. */
export const resendBody = (
  type: string,
  { emailId = randomUUID(), to = [], at = new Date(), data = {} }: Told = {},
): string =>
  JSON.stringify({
    type,
    created_at: at.toISOString(),
    data: {
      email_id: emailId,
      created_at: at.toISOString(),
      from: "Gym <hello@gym.example>",
      to,
      subject: "x",
      ...data,
    },
  });

/** The headers that Standard Webhooks asks for, made by its text and not by its library. */
export function signResend(secret: string, body: string, { id = randomUUID() as string, at = new Date() } = {}) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
}

export function signTwilio(url: string, body: string, token = twilioToken) {
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  return {
    "x-twilio-signature": createHmac("sha1", token)
      .update(url + fields.join(""))
      .digest("base64"),
  };
}

type Post = (request: Request) => Promise<Response>;

/** The routes as a web process on this database has them, with an environment of their own. */
export async function openWebhooks(database: TestDatabase, env: Record<string, string> = {}) {
  const web = globalThis as { webDatabase?: Database };
  const before = web.webDatabase;
  web.webDatabase = undefined;
  const all = {
    DATABASE_URL: database.appUrl,
    APP_URL: appUrl,
    AUTH_SECRET: "x".repeat(40),
    LOG_LEVEL: "silent",
    ...env,
  };
  for (const [name, value] of Object.entries(all)) {
    vi.stubEnv(name, value);
  }
  // The environment is read once in a process.
  vi.resetModules();
  const resend = await import("../../app/api/webhooks/resend/route.ts");
  const twilio = await import("../../app/api/webhooks/twilio/route.ts");
  const call = (post: Post, path: string) => (body: BodyInit, headers: Record<string, string>) =>
    post(new Request(`http://10.0.0.7:3000/api/webhooks/${path}`, { method: "POST", body, headers }));
  return {
    resend: call(resend.POST, "resend"),
    twilio: (body: BodyInit, headers: Record<string, string>, search = "") =>
      call(twilio.POST, `twilio${search}`)(body, headers),
    async close() {
      await web.webDatabase?.close();
      web.webDatabase = before;
      vi.unstubAllEnvs();
      vi.resetModules();
    },
  };
}
