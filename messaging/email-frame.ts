import { randomUUID } from "node:crypto";
import { buttonStyle, elementStyles } from "#emails/brand";
import type { Language } from "#emails/copy";
import { renderMemberMessage } from "#emails/render";
import { aroundLiquid } from "#lib/templates/protect-liquid";
import { joinPieces, type Part } from "./pieces.ts";

type Options = {
  language: Language;
  gym: { name: string; postalAddress: string };
  hasUnsubscribeLink: boolean;
};

/** What differs from one reader to the next, as HTML. */
type Slots<Fill> = Record<"preview" | "body" | "home" | "unsubscribe" | "action", Part<Fill>>;

/**
 * The layout, drawn by React once; what is left to do for each reader is to put strings together. Without an action the button
 * is left out.
 */
export function renderFrame<Fill>({ language, gym, hasUnsubscribeLink }: Options, slots: Slots<Fill>) {
  // Random, so that nothing anybody wrote can be taken for one.
  const key = randomUUID();
  const mark = (name: string) => `slot-${name}-${key}`;
  const html = renderMemberMessage({
    language,
    gym,
    homeUrl: mark("home"),
    preview: mark("preview"),
    unsubscribeUrl: hasUnsubscribeLink ? mark("unsubscribe") : undefined,
    body: mark("body"),
    action: { url: mark("action"), begin: mark("begin"), end: mark("end") },
  });
  const [before = "", action = "", after = ""] = html.split(new RegExp(`slot-(?:begin|end)-${key}`));
  /** Odd pieces are the slots' names: they are what the split captures. */
  const cut = (piece: string): Part<Fill>[] =>
    piece
      .split(new RegExp(`slot-([a-z]+)-${key}`))
      .map((part, index) => (index % 2 === 1 ? slots[part as keyof Slots<Fill>] : part));
  return {
    whole: joinPieces([...cut(before), ...cut(action), ...cut(after)]),
    withoutAction: joinPieces([...cut(before), ...cut(after)]),
  };
}

/** Gives the plain elements of a gym's own HTML the layout's look. */
export function dressBody(html: string): string {
  return aroundLiquid(html, (text) =>
    text.replace(/<([a-z][a-z0-9]*)\b([^>]*)/gi, (tag, name: string, attributes: string) => {
      const isButton = name.toLowerCase() === "a" && /\bclass\s*=\s*["'][^"']*\bbutton\b/i.test(attributes);
      const css = isButton ? buttonStyle : elementStyles[name.toLowerCase()];
      return css && !/\bstyle\s*=/i.test(attributes) ? `<${name} style="${css}"${attributes}` : tag;
    }),
  );
}
