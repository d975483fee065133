import { expect, test } from "vitest";
import { isListed, listSources, readSource } from "../support/sources.ts";

const isPage = /^app\/(.*\/)?page\.[jt]sx?$/;
const isHandler = /^app\/(.*\/)?route\.[jt]sx?$/;
const sources = listSources().filter((file) => !/\.(test|spec)\.[jt]sx?$/.test(file));
const pages = sources.filter((file) => isPage.test(file));
const handlers = sources.filter((file) => isHandler.test(file));
const actionFiles = sources.filter((file) => /^\s*["']use server["']/m.test(readSource(file)));

const exportsOf = (file: string) =>
  Array.from(
    readSource(file).matchAll(/^export (?!type\b)(?:const (\w+)\s*=\s*(\w+)|.*)/gm),
    ([line, name, maker]) => ({
      line,
      name: name ?? "",
      maker: maker ?? "",
    }),
  );

/** Whoever opens another door to people without a sign-in writes it down here. */
const publicDoors = [
  "app/(auth)/sign-in/actions.ts requestSignInLink",
  "app/(auth)/sign-in/actions.ts signInWithLink",
  "app/(auth)/sign-in/actions.ts signInWithPassword",
  "app/(auth)/sign-in/link-sent/page.tsx",
  "app/(auth)/sign-in/link/page.tsx",
  "app/(auth)/sign-in/page.tsx",
  "app/(auth)/sign-out/actions.ts signOut",
  "app/api/auth/[...all]/route.ts POST",
  "app/api/unsubscribe/[token]/choices/route.ts POST",
  "app/api/unsubscribe/[token]/route.ts GET",
  "app/api/unsubscribe/[token]/route.ts POST",
  "app/api/webhooks/resend/route.ts POST",
  "app/api/webhooks/twilio/route.ts POST",
  "app/healthz/route.ts GET",
  "app/page.tsx",
  "app/readyz/route.ts GET",
  "app/unsubscribe/[[...token]]/page.tsx",
];

test("pages, handlers and actions are found, in whatever Next takes them for", () => {
  for (const ending of ["ts", "tsx", "js", "jsx"]) {
    expect(`app/page.${ending}`).toMatch(isPage);
    expect(`app/admin/logs/page.${ending}`).toMatch(isPage);
    expect(`app/api/[...all]/route.${ending}`).toMatch(isHandler);
    expect(isListed(`page.${ending}`)).toBe(true);
  }
  expect(pages.length).toBeGreaterThan(5);
  expect(handlers.length).toBeGreaterThan(2);
  expect(actionFiles.length).toBeGreaterThan(2);
});

test.each(pages)("%s says who may see it, before anything else", (file) => {
  const source = readSource(file);
  const body = /export default async function \w+\(.*?\)(?:: [^{]+)? \{\n([^\n]*)\n/s.exec(source)?.[1];
  const isGuarded = /^\s*(const viewer = )?await requireViewer\(\[("\w+"(, )?)+\]\);$/.test(body ?? "");
  expect(isGuarded || source.includes("export default definePublicPage(")).toBe(true);
});

test.each(handlers)("%s answers through a guard only", (file) => {
  const strays = exportsOf(file).filter(({ maker }) => !/^define((Route|Public|Signed)Handler|Webhook)$/.test(maker));
  expect(strays.map(({ line }) => line)).toEqual([]);
});

test.each(actionFiles)("%s holds guarded actions and nothing else", (file) => {
  const source = readSource(file);
  expect(source.trimStart()).toMatch(/^["']use server["']/);
  const strays = exportsOf(file).filter(({ maker }) => !/^define(Server|Public)Action$/.test(maker));
  expect(strays.map(({ line }) => line)).toEqual([]);
});

test.each(pages.filter((file) => file.startsWith("app/admin/")))("%s is for those who work here", (file) => {
  expect(readSource(file)).toMatch(/requireViewer\(\[("admin"|"staff")(, "staff")?\]\)/);
});

test("the doors open to everybody are those that are meant to be", () => {
  const open = [
    ...pages.filter((file) => readSource(file).includes("definePublicPage(")),
    ...[...handlers, ...actionFiles].flatMap((file) =>
      exportsOf(file)
        .filter(({ maker }) => /^define(Public|Signed|Webhook)/.test(maker))
        .map(({ name }) => `${file} ${name}`),
    ),
  ];
  expect(open.sort()).toEqual(publicDoors);
});

/** What staff may do beside looking at pages; all else under `app/admin` and in its data is the admins' alone. */
const staffDoors = [
  "app/admin/account/actions.ts switchDigest",
  "app/admin/templates/actions.ts readTemplateVersion",
  "app/admin/workflows/[id]/actions.ts listWorkflowVersions",
  "app/api/workflows/[id]/numbers/route.ts GET",
];

const guardedDoor =
  /^export const (\w+) = define(?:RouteHandler|ServerAction)\(\s*(?:\{\s*(roles: \[[^\]]*\])|(\w+))/gm;

/** The roles as they are written, in the call or in a rule that it names. */
function listGuardedDoors(file: string): { door: string; roles: string }[] {
  const source = readSource(file);
  return Array.from(source.matchAll(guardedDoor), ([, name, roles, rule]) => ({
    door: `${file} ${name}`,
    roles: roles ?? new RegExp(`^const ${rule} = \\{ (roles: \\[[^\\]]*\\])`, "m").exec(source)?.[1] ?? "",
  }));
}

test("the doors open to staff are those that are meant to be, and members have none of the admins'", () => {
  const files = [...handlers, ...actionFiles];
  const doors = files.flatMap(listGuardedDoors);
  const made = files.flatMap(exportsOf).filter(({ maker }) => /^define(RouteHandler|ServerAction)$/.test(maker));
  expect(doors).toHaveLength(made.length);
  expect(doors.filter(({ roles }) => !/"(admin|staff|member)"/.test(roles))).toEqual([]);
  const ofStaff = doors.filter(({ roles }) => roles.includes("staff") && !roles.includes("member"));
  expect(ofStaff.map(({ door }) => door).sort()).toEqual(staffDoors);
  const ofAdmin = doors.filter(({ door }) => /^app\/(admin|api\/(workflows|members|logs))\//.test(door));
  expect(ofAdmin.length).toBeGreaterThan(20);
  expect(ofAdmin.filter(({ roles }) => !roles.includes("admin") || roles.includes("member"))).toEqual([]);
});

test("nothing is allowed or refused in the proxy", () => {
  expect(readSource("proxy.ts")).not.toMatch(/cookie|session|redirect|viewer/i);
});
