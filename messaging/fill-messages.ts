import { inArray } from "drizzle-orm";
import type { Tx } from "#db/client";
import { gymSettings, templateVersions } from "#db/schema/index";
import { one } from "#lib/rows";
import type { DueMessage } from "./claim-messages.ts";
import { valuesOf } from "./read-values.ts";
import { type CompiledTemplate, compileTemplate, RenderError, type RenderedMessage } from "./render.ts";

export type MessageLinks = {
  /** The address of the app, without a path. */
  appUrl: string;
  unsubscribeUrl(memberId: number): string;
};

export type Unfilled = {
  message: DueMessage;
  error: string;
  /** The template is to blame; otherwise this program is, or what was stored past it. */
  isTemplate: boolean;
};

export type Ready = {
  message: DueMessage;
  rendered: RenderedMessage;
  language: string;
  sender: { address: string; name: string };
};

export type Filled = Ready | Unfilled;

/** Compiled templates by version, language and what the layout says of the gym. */
const compiled = new Map<string, CompiledTemplate>();
const compiledAtMost = 500;

/** Renders messages from their templates. One that cannot be made answers with an error and leaves the others alone. */
export async function fillMessages(tx: Tx, messages: DueMessage[], links: MessageLinks): Promise<Filled[]> {
  if (messages.length === 0) {
    return [];
  }
  const gym = one(await tx.select().from(gymSettings));
  const versionIds = [...new Set(messages.flatMap(({ templateVersionId }) => templateVersionId ?? []))];
  const versions = await tx.select().from(templateVersions).where(inArray(templateVersions.id, versionIds));
  const versionOf = new Map(versions.map((version) => [version.id, version]));
  const frame = { name: gym.name, postalAddress: gym.postalAddress, language: gym.language };

  const compile = (versionId: number, language: string) => {
    const version = versionOf.get(versionId);
    if (!version) {
      return;
    }
    // After a database was set back, a number may mean another version than before.
    const key = JSON.stringify([versionId, version.createdAt, language, frame]);
    const known = compiled.get(key);
    if (known) {
      return known;
    }
    if (compiled.size >= compiledAtMost) {
      compiled.clear();
    }
    const template = compileTemplate(version.content, language, frame);
    compiled.set(key, template);
    return template;
  };

  return messages.map((message): Filled => {
    try {
      const template = compile(message.templateVersionId ?? 0, message.memberLanguage ?? gym.language);
      if (!template) {
        return { message, error: "The template's version does not exist", isTemplate: true };
      }
      const rendered = template.render(valuesOf(message), {
        appUrl: links.appUrl,
        unsubscribeUrl: message.memberId === null ? undefined : links.unsubscribeUrl(message.memberId),
      });
      const sender = {
        // An SMS comes from the provider's own number.
        address: message.channel === "email" ? (rendered.fromAddress ?? gym.senderAddress) : "",
        name: rendered.fromName ?? gym.senderName,
      };
      return { message, rendered, language: template.language, sender };
    } catch (error) {
      const isTemplate = error instanceof RenderError;
      // Thrown on, it would keep all other messages of every channel waiting behind this one.
      return { message, error: isTemplate ? error.message : `The message could not be made (${error})`, isTemplate };
    }
  });
}
