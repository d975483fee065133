import { addressLine, type Language, layoutCopy } from "#emails/copy";
import { escapeHtml } from "#lib/templates/escape-html";
import { type CompiledPieces, fillPieces } from "./compile-source.ts";
import { renderFrame } from "./email-frame.ts";
import { joinPieces, type Pieces, weave } from "./pieces.ts";
import type { Values } from "./values.ts";

/** What the layout and the footer say to one reader, as addresses. Without an action there is no button. */
export type Links = { appUrl: string; unsubscribeUrl: string; action: string | null };

export type Fill = (values: Values, links: Links) => string;

/** What all readers of a template get alike, by object: the pieces that stand around each one's own words. */
export type Frame = { html: string[]; text: string[] };

export type Letter = {
  html: string;
  text: string;
  /** The text without its footer. */
  body: string;
  frame: Frame | null;
  /** This reader's own words, for between the pieces of the frame; without one, all there is. */
  own: { html: string[]; text: string[] };
};

type Options = {
  language: Language;
  gym: { name: string; postalAddress: string };
  hasUnsubscribeLink: boolean;
  preview: CompiledPieces;
  body: CompiledPieces;
  text: CompiledPieces;
};

/** The layout stands around whatever a template brings, a whole page too: its footer carries the way out. */
export function compileLetter(options: Options): (values: Values, links: Links) => Letter {
  const html = renderFrame<Fill>(options, {
    preview: options.preview,
    body: options.body,
    home: { fill: (_, { appUrl }) => escapeHtml(appUrl) },
    unsubscribe: { fill: (_, { unsubscribeUrl }) => escapeHtml(unsubscribeUrl) },
    action: { fill: (_, { action }) => escapeHtml(action ?? "") },
  });
  const { text } = options;
  const fillText = fillInOrder(text.own);
  const layOut = (html: Pieces<Fill>, footer: Pieces<Fill>) => ({
    html: html.shared,
    fillHtml: fillInOrder(html.own),
    footer: footer.shared,
    fillFooter: fillInOrder(footer.own),
    asWritten: { html: html.shared, text: joinPieces<Fill>([text, footer]).shared },
    tidied: { html: html.shared, text: joinPieces<Fill>([{ fill: () => "" }, footer]).shared },
  });
  const whole = layOut(html.whole, compileFooter(options, true));
  const withoutAction = layOut(html.withoutAction, compileFooter(options, false));

  return (values, links) => {
    const layout = links.action === null ? withoutAction : whole;
    const ownHtml = layout.fillHtml(values, links);
    const ownText = fillText(values, links);
    const ownFooter = layout.fillFooter(values, links);
    const written = weave(text.shared, ownText);
    const body = tidyLines(written);
    const isTidy = body === written;
    return {
      html: weave(layout.html, ownHtml),
      text: body + weave(layout.footer, ownFooter),
      body,
      frame: isTidy ? layout.asWritten : layout.tidied,
      own: { html: ownHtml, text: (isTidy ? ownText : [body]).concat(ownFooter) },
    };
  };
}

/** What each function says; where one stands several times, it is asked once. */
function fillInOrder(own: Fill[]): (values: Values, links: Links) => string[] {
  const fills = [...new Set(own)];
  const placeOf = new Map(fills.map((fill, place) => [fill, place]));
  const places = own.map((fill) => placeOf.get(fill) ?? 0);
  return (values, links) => {
    const words = fills.map((fill) => fill(values, links));
    return places.map((place) => words[place] ?? "");
  };
}

/** What has no layout. */
export function writePlain(text: CompiledPieces): (values: Values) => Letter {
  return (values) => {
    const body = tidyLines(fillPieces(text, values));
    return { html: "", text: body, body, frame: null, own: { html: [], text: [body] } };
  };
}

/** Without the gaps that empty values leave. */
const tidyLines = (text: string): string => (text.includes("\n\n\n") ? text.replace(/\n{3,}/g, "\n\n") : text).trim();

function compileFooter({ language, gym, hasUnsubscribeLink }: Options, hasAction: boolean): Pieces<Fill> {
  const copy = layoutCopy[language];
  return joinPieces<Fill>([
    ...(hasAction ? [`\n\n${copy.open(gym.name)}: `, { fill: (_: Values, { action }: Links) => action ?? "" }] : []),
    `\n\n-- \n${copy.reason(gym.name)}\n${addressLine(gym)}\n`,
    ...(hasUnsubscribeLink
      ? [`${copy.unsubscribe}: `, { fill: (_: Values, { unsubscribeUrl }: Links) => unsubscribeUrl }, "\n"]
      : []),
  ]);
}
