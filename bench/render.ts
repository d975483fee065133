import { Liquid } from "liquidjs";
import { createElement } from "react";
import { renderMemberMessage } from "#emails/render";
import { escapeHtml } from "#lib/templates/escape-html";
import { compileSource } from "#messaging/compile-source";
import { textFromHtml } from "#messaging/html-text";
import { compileTemplate } from "#messaging/render";
import { templateContent } from "../test/support/template-content.ts";
import { median, type Print, whole } from "./measure.ts";

const gym = { name: "Training Club", postalAddress: "Langstrasse 120\n8004 Zürich", language: "en" };
const appUrl = "https://app.example";
const paragraphs = 6;

const content = templateContent({
  subject: "Hello {{ member_first_name }}",
  body_html:
    '<p>The first visit is the hardest one, {{ member_first_name | default: "you" }}, so choose a day for it now.</p>\n'.repeat(
      paragraphs,
    ),
  action_url: "/me",
});

const logic =
  "{% if membership_level == 'Gold' %}<p>Hi {{ member_first_name }}</p>{% else %}<p>Hello</p>{% endif %}\n".repeat(6);

type Reader = { name: string; wayOut: string };
type Mail = { subject: string; html: string; text: string; headers: Record<string, string> };

const names = ["Léa <b>", "Mara", "Jürg", "Ann & Bob", "Zoë", "Ada", "李明"];
const readers = Array.from({ length: 1_000 }, (_, n): Reader => {
  return { name: `${names[n % names.length]} ${n}`, wayOut: `${appUrl}/unsubscribe/${n}.Zm9vYmFyYmF6` };
});

/** Whole mails a second, in one thread, each for another reader: subject, HTML, text and headers. */
export async function benchRender(repetitions: number, print: Print = console.log): Promise<void> {
  const template = compileTemplate(content, "en", gym);
  const render = ({ name, wayOut }: Reader): Mail =>
    template.render(valuesOf(name), { appUrl, unsubscribeUrl: wayOut });
  const sample = render({ name: "the-name", wayOut: "the-way-out:" });
  const [segments, twoWords] = [compileSegments(sample), cutAroundTwoWords(sample)];
  for (const reader of readers) {
    const { subject, html, text, headers } = render(reader);
    const ours = JSON.stringify({ subject, html, text, headers });
    const isSame = [segments, twoWords].every((fill) => JSON.stringify(fill(reader)) === ours);
    if (!isSame || withoutPreview(html) !== withoutPreview(drawWithReact(reader))) {
      throw new Error(`${reader.name} gets another mail from what is compared`);
    }
  }

  const liquid = new Liquid({ outputEscape: (value) => escapeHtml(String(value)) });
  const parsed = liquid.parse(logic);
  const compiled = compileSource(logic, "html");
  const logicOf = ({ name }: Reader) => ({ membership_level: "Gold", member_first_name: name });
  const rates = measureInTurn(repetitions, {
    plain: { work: render, times: 20_000 },
    segments: { work: segments, times: 40_000 },
    twoWords: { work: twoWords, times: 40_000 },
    react: { work: drawWithReact, times: 500 },
    reactWithText: { work: (reader) => textFromHtml(drawWithReact(reader)), times: 300 },
    logic: { work: (reader) => compiled(logicOf(reader)), times: 5_000 },
    renderSync: { work: (reader) => liquid.renderSync(parsed, logicOf(reader)), times: 5_000 },
  });
  const compare = (label: string, ours: keyof typeof rates, limit: keyof typeof rates, goal: string) =>
    print(
      `${label}: ${whole(rates[ours])}/s, limit ${whole(rates[limit])}/s: ${(rates[ours] / rates[limit]).toFixed(2)} × (${goal})`,
    );
  const { length } = render({ name: "Mara", wayOut: `${appUrl}/unsubscribe/1.Zm9vYmFyYmF6` }).html;
  compare(`a plain mail of ${whole(length)} characters beside segments, escaped`, "plain", "segments", "goal ≥ 0.5");
  compare("the same beside what knows its two words, each escaped once", "plain", "twoWords", "no goal");
  compare("the same beside React for each reader, its text made of its HTML", "plain", "reactWithText", "goal ≥ 50");
  compare("the same beside React for each reader, without a text", "plain", "react", "no goal");
  compare("Liquid logic, filled in", "logic", "renderSync", "goal ≥ 0.9");
}

type Work = { work: (reader: Reader) => Mail | string; times: number };

/** How often a second each is done, medians. One after the other and again, so that a busy moment is no one's alone. */
function measureInTurn<Name extends string>(repetitions: number, works: Record<Name, Work>): Record<Name, number> {
  const rounds = Array.from({ length: repetitions }, () =>
    Object.entries<Work>(works).map(([name, { work, times }]) => {
      const start = performance.now();
      for (let turn = 0; turn < times; turn++) {
        finish(work(readers[turn % readers.length] as Reader));
      }
      return { name, rate: (times / (performance.now() - start)) * 1000 };
    }),
  );
  const rateOf = (name: string) => median(rounds.flat().flatMap((one) => (one.name === name ? one.rate : [])));
  return Object.fromEntries(Object.keys(works).map((name) => [name, rateOf(name)])) as Record<Name, number>;
}

/** Strings that were added up are put together when they are first read: part of the work, whoever does it. */
function finish(mail: Mail | string): number {
  return typeof mail === "string" ? mail.charCodeAt(0) : mail.html.charCodeAt(0) + mail.text.charCodeAt(0);
}

const valuesOf = (name: string) => ({
  member_first_name: name,
  member_last_name: "Keller",
  member_email: "lea@demo.example",
  membership_level: "Gold",
  join_date: "2024-05-01",
});

const words = /(the-name|the-way-out:)/;

/** The limit: the same mail, cut once, and put together for each reader from values by name, escaped where they stand in HTML. */
function compileSegments({ subject, html, text, headers }: Mail): (reader: Reader) => Mail {
  const compile = (whole: string, write: (value: string) => string) => {
    const segments = whole.split(words).map((piece) => (words.test(piece) ? { name: piece } : piece));
    return (values: Record<string, string>) => {
      let filled = "";
      for (const segment of segments) {
        filled += typeof segment === "string" ? segment : write(values[segment.name] ?? "");
      }
      return filled;
    };
  };
  const asIs = (value: string) => value;
  const fill = { subject: compile(subject, asIs), html: compile(html, escapeHtml), text: compile(text, asIs) };
  return ({ name, wayOut }) => {
    const values = { "the-name": name, "the-way-out:": wayOut };
    return {
      subject: fill.subject(values),
      html: fill.html(values),
      text: fill.text(values),
      headers: withWayOut(headers, wayOut),
    };
  };
}

const withWayOut = (headers: Mail["headers"], wayOut: string) => ({
  ...headers,
  "List-Unsubscribe": `<${wayOut.replace("/unsubscribe", "/api/unsubscribe")}>`,
});

/** The fastest there could be for this one mail: it escapes each of its two words once, and looks nothing up. */
function cutAroundTwoWords({ subject, html, text, headers }: Mail): (reader: Reader) => Mail {
  const cut = (whole: string) => {
    const pieces = whole.split(words);
    const [first = ""] = pieces;
    const slots = pieces.flatMap((piece, index) =>
      index % 2 === 1 ? { isName: piece === "the-name", after: pieces[index + 1] ?? "" } : [],
    );
    return (name: string, wayOut: string) => {
      let filled = first;
      for (const { isName, after } of slots) {
        filled += (isName ? name : wayOut) + after;
      }
      return filled;
    };
  };
  const fill = { subject: cut(subject), html: cut(html), text: cut(text) };
  return ({ name, wayOut }) => ({
    subject: fill.subject(name, wayOut),
    html: fill.html(escapeHtml(name), escapeHtml(wayOut)),
    text: fill.text(name, wayOut),
    headers: withWayOut(headers, wayOut),
  });
}

/** React Email as it is meant: the whole mail is drawn for each reader. */
function drawWithReact({ name, wayOut }: Reader): string {
  const style = { margin: "0 0 16px", fontSize: "16px", lineHeight: "26px" };
  const paragraph = ["The first visit is the hardest one, ", name, ", so choose a day for it now."];
  return renderMemberMessage({
    language: "en",
    gym,
    homeUrl: appUrl,
    preview: paragraph.join(""),
    unsubscribeUrl: wayOut,
    body: Array.from({ length: paragraphs }, (_, key) => [createElement("p", { key, style }, ...paragraph), "\n"]),
    action: { url: `${appUrl}/me` },
  });
}

/** React Email fills what the inbox shows up to a length; ours is filled before it is known. */
const withoutPreview = (html: string) => html.replace(/<div style="display:none.*?<table/s, "<table");
