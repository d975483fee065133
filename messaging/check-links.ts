import { type Finding, positionOf } from "#lib/templates/check-source";
import { findConstructs, findNames, isLiquid, parseLiquid } from "#lib/templates/liquid";
import { personalNames } from "#lib/templates/placeholders";
import { addressAttributes } from "./allowed-html.ts";
import { blankHidden } from "./tag-finder.ts";

type Range = { begin: number; end: number };

/** What a text is: HTML, words in which an address becomes a link, or a link as a whole. */
type Kind = "html" | "text" | "link";

/** More would be a wall of text. */
const namedAtMost = 8;

/**
 * What a template would write into a link of who its member is: servers, browsers and mail programs keep the links that are
 * opened. A text whose Liquid is broken is left alone.
 */
export function findPersonalLinks(source: string | null, kind: Kind): Finding[] {
  if (!source || !anyPersonal.test(source) || !isLiquid(source)) {
    return [];
  }
  const links = findLinks[kind](source).filter(({ begin, end }) => !isPrivate(source.slice(begin, end)));
  const values = findConstructs(source).filter(
    ({ isTag, begin, end }) => !isTag && anyPersonal.test(source.slice(begin, end)),
  );
  return within(values, links)
    .slice(0, namedAtMost)
    .flatMap(({ begin, end }) =>
      personalNamesIn(source.slice(begin, end)).map((name) => ({
        ...positionOf(source, begin),
        severity: "error" as const,
        message: `'${name}' must not stand in a link, which others on its way can read and keep: put it into the text instead.`,
      })),
    );
}

const anyPersonal = new RegExp([...personalNames].join("|"));

/** Those that lie in one of the others; both come in the order in which they begin. */
function within(inner: Range[], outer: Range[]): Range[] {
  let place = 0;
  return inner.filter(({ begin, end }) => {
    while ((outer[place]?.end ?? Number.POSITIVE_INFINITY) <= begin) {
      place++;
    }
    const around = outer[place];
    return around !== undefined && around.begin <= begin && end <= around.end;
  });
}

const personalNamesIn = (construct: string) => [
  ...new Set(
    findNames(parseLiquid(construct))
      .map(({ name }) => name)
      .filter((name) => personalNames.has(name)),
  ),
];

/** Opened by a program of the reader's own, and by no server. */
const isPrivate = (link: string) => /^["'\s]*(mailto|tel|sms):/i.test(link);

const findLinks: Record<Kind, (source: string) => Range[]> = {
  html: findAddressAttributes,
  text: findWrittenLinks,
  link: (source) => [{ begin: 0, end: source.length }],
};

/** Stands for each character of what Liquid reads. */
const value = "\ue000";
const tag = /<[a-z][\w:-]*((?:"[^"]*"|'[^']*'|[^'">])*)/gi;
const address = new RegExp(`(?<![^\\s"'])(?:${addressAttributes.join("|")})\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+)`, "gi");

function findAddressAttributes(source: string): Range[] {
  return Array.from(blankHidden(source.replaceAll(value, " "), value).matchAll(tag)).flatMap(
    ({ index, 0: whole, 1: attributes = "" }) => {
      const start = index + whole.length - attributes.length;
      return Array.from(attributes.matchAll(address), ({ index: at, 0: pair, 1: quoted = "" }) => {
        const end = start + at + pair.length;
        return { begin: end - quoted.length, end };
      });
    },
  );
}

/** An address begins with https:// or with a placeholder for one, and ends with the word. */
function findWrittenLinks(source: string): Range[] {
  let text = "";
  let read = 0;
  for (const { begin, end } of findConstructs(source)) {
    const isLink = /^\{\{-?\s*\w+_url\b/i.test(source.slice(begin, end));
    text += source.slice(read, begin) + (isLink ? "https://" : "").padEnd(end - begin, value);
    read = end;
  }
  return Array.from((text + source.slice(read)).matchAll(/https?:\/\/[^\s<>"']*/gi), ({ index, 0: link }) => ({
    begin: index,
    end: index + link.length,
  }));
}
