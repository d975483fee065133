import { randomUUID } from "node:crypto";
import { buttonStyle, elementStyles } from "#emails/brand";
import type { Language } from "#emails/copy";
import { renderMemberMessage } from "#emails/render";

type Options = {
  language: Language;
  gym: { name: string; postalAddress: string };
  hasUnsubscribeLink: boolean;
  hasAction: boolean;
};

/** What differs from one reader to the next, as HTML. Without an action the button is left out. */
type FrameSlots = { preview: string; body: string; home: string; unsubscribe: string; action: string | null };

/** The layout, drawn by React once; what is left to do for each reader is to put strings together. */
export function renderFrame({ language, gym, hasUnsubscribeLink, hasAction }: Options): (slots: FrameSlots) => string {
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
    action: hasAction ? { url: mark("action"), begin: mark("begin"), end: mark("end") } : undefined,
  });
  const [before = "", action = "", after = ""] = html.split(new RegExp(`slot-(?:begin|end)-${key}`));
  const whole = [...cut(before, key), ...cut(action, key), ...cut(after, key)];
  const withoutAction = [...cut(before, key), ...cut(after, key)];
  return (slots) => fill(slots.action === null ? withoutAction : whole, slots);
}

type Piece = string | { slot: keyof FrameSlots };

/** Odd pieces are the slots' names: they are what the split captures. */
const cut = (html: string, key: string): Piece[] =>
  html
    .split(new RegExp(`slot-([a-z]+)-${key}`))
    .map((piece, index) => (index % 2 === 1 ? { slot: piece as keyof FrameSlots } : piece));

function fill(pieces: Piece[], slots: FrameSlots): string {
  let filled = "";
  for (const piece of pieces) {
    filled += typeof piece === "string" ? piece : (slots[piece.slot] ?? "");
  }
  return filled;
}

/** Gives the plain elements of a gym's own HTML the layout's look, and takes off a page that it brings around it. */
export function dressBody(html: string): string {
  const [, inner = html] = /<body\b[^>]*>([\s\S]*?)(?:<\/body\s*>|$)/i.exec(html) ?? [];
  return inner.replace(/<([a-z][a-z0-9]*)\b([^>]*)/gi, (tag, name: string, attributes: string) => {
    const isButton = name.toLowerCase() === "a" && /\bclass\s*=\s*["'][^"']*\bbutton\b/i.test(attributes);
    const css = isButton ? buttonStyle : elementStyles[name.toLowerCase()];
    return css && !/\bstyle\s*=/i.test(attributes) ? `<${name} style="${css}"${attributes}` : tag;
  });
}
