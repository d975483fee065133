import { addressLine, type Language, layoutCopy } from "#emails/copy";
import { escapeHtml } from "#lib/templates/escape-html";
import type { CompiledPieces } from "./compile-source.ts";
import { renderFrame } from "./email-frame.ts";
import { joinPieces, type Pieces, weave } from "./pieces.ts";
import type { Values } from "./values.ts";

/** What the layout and the footer say to one reader, as addresses. Without an action there is no button. */
export type Links = { appUrl: string; unsubscribeUrl: string; action: string | null };

export type Fill = (values: Values, links: Links) => string;

export type Letter = {
  html: string;
  text: string;
  /** The text without its footer. */
  body: string;
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
  const fillText = weave(options.text);
  const whole = { fillHtml: weave(html.whole), fillFooter: weave(compileFooter(options, true)) };
  const withoutAction = {
    fillHtml: weave(html.withoutAction),
    fillFooter: weave(compileFooter(options, false)),
  };

  return (values, links) => {
    const layout = links.action === null ? withoutAction : whole;
    const body = tidyLines(fillText(values));
    return { html: layout.fillHtml(values, links), text: body + layout.fillFooter(values, links), body };
  };
}

/** What has no layout. */
export function writePlain(text: CompiledPieces): (values: Values) => Letter {
  const fill = weave(text);
  return (values) => {
    const body = tidyLines(fill(values));
    return { html: "", text: body, body };
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
