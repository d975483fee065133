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
  "app/(auth)/unsubscribe/[token]/actions.ts confirmUnsubscribe",
  "app/(auth)/unsubscribe/[token]/page.tsx",
  "app/api/auth/[...all]/route.ts POST",
  "app/api/unsubscribe/[token]/route.ts GET",
  "app/api/unsubscribe/[token]/route.ts POST",
  "app/healthz/route.ts GET",
  "app/page.tsx",
  "app/readyz/route.ts GET",
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
  const strays = exportsOf(file).filter(({ maker }) => !/^define(Route|Public|Signed)Handler$/.test(maker));
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
        .filter(({ maker }) => /^define(Public|Signed)/.test(maker))
        .map(({ name }) => `${file} ${name}`),
    ),
  ];
  expect(open.sort()).toEqual(publicDoors);
});

test("nothing is allowed or refused in the proxy", () => {
  expect(readSource("proxy.ts")).not.toMatch(/cookie|session|redirect|viewer/i);
});
