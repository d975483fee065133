import type { IncomingMessage } from "node:http";
import { parseUrl } from "#lib/parse-url";
import type { Refusal } from "./web-request.ts";

/** What the engine reads of a workflow is 60 levels deep at most, and travels within three more. */
const maxDepth = 64;

/** RFC 8058 lets a mail service send either kind of form here, and the handler reads neither. */
const oneClick = /^\/api\/unsubscribe\/\d+\.[\w-]+(\?|$)/;

/**
 * Next's decoder of server actions can revive files, promises, functions and references into them, and its holes were
 * found there. Our actions take plain JSON: whatever else it could be does not get that far. Returns why the request goes
 * no further, or null.
 */
export async function actionRefusal(request: IncomingMessage, isDev: boolean): Promise<Refusal | null> {
  const isTooling = isDev && /^\/_?_next/.test(request.url ?? "");
  if (request.method !== "POST" || isTooling || isForHandler(request)) {
    return null;
  }
  if (!/^[0-9a-f]{40,64}$/.test(String(request.headers["next-action"] ?? ""))) {
    return { status: 400, message: "A page takes no such request." };
  }
  if (!/^text\/plain\b/.test(request.headers["content-type"] ?? "")) {
    return { status: 415, message: "An action takes JSON alone." };
  }
  const body = await peek(request, Number(request.headers["content-length"] ?? 0));
  return body && isPlain(body.toString()) ? null : { status: 400, message: "An action takes JSON alone." };
}

/** Next tells an action by its headers alone: even where no handler is, it decodes one to show its page for that. */
function isForHandler({ url = "/", headers }: IncomingMessage): boolean {
  const isAction = headers["next-action"] !== undefined;
  if (isAction || /^multipart\//i.test(headers["content-type"] ?? "")) {
    return !isAction && oneClick.test(url);
  }
  return pathOf(url).startsWith("/api/");
}

/** As Next reads it, which resolves `..` and `%2e%2e`. */
function pathOf(url: string): string {
  const base = "http://localhost";
  return parseUrl(url, base)?.pathname ?? "/";
}

/** An array of plain values. React marks all others with a dollar sign, and doubles one that a person typed. */
export function isPlain(text: string): boolean {
  let level: unknown[];
  try {
    const parsed: unknown = JSON.parse(text);
    level = Array.isArray(parsed) ? parsed : [undefined];
  } catch {
    return false;
  }
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth || !level.every(isPlainValue)) {
      return false;
    }
    level = level.flatMap((value) => (value && typeof value === "object" ? Object.values(value) : []));
  }
  return true;
}

const marked = /^\$(?!\$|undefined$|NaN$|-?Infinity$|-0$|D\d{4}-|n-?\d+$)/;

function isPlainValue(value: unknown): boolean {
  if (typeof value === "string") {
    return !marked.test(value);
  }
  return value !== undefined && !(value && Object.hasOwn(Object(value), "__proto__"));
}

/**
 * Reads a body of known length and puts it back, so that whoever comes next reads it as if for the first time. Null when
 * it never came whole.
 */
function peek(request: IncomingMessage, length: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let read = 0;
    const stop = () => {
      request.off("readable", take).off("close", stop);
      resolve(read < length ? null : Buffer.concat(chunks));
    };
    const take = () => {
      while (read < length) {
        const chunk: Buffer | null = request.read();
        if (!chunk) {
          return;
        }
        chunks.push(chunk);
        read += chunk.length;
      }
      // Before "end" is told: after it nothing can be put back.
      if (read > 0) {
        request.unshift(Buffer.concat(chunks));
      }
      stop();
    };
    request.on("readable", take).once("close", stop);
  });
}
