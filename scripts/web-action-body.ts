import type { IncomingMessage } from "node:http";
import type { Refusal } from "./web-request.ts";

const maxDepth = 20;

/**
 * Next's decoder of server actions can revive files, promises, functions and references into them, and its holes were
 * found there. Our actions take plain JSON: whatever else it could be does not get that far. Files go to a handler
 * under /api. Returns why the request goes no further, or null.
 */
export async function actionRefusal(request: IncomingMessage, isDev: boolean): Promise<Refusal | null> {
  const path = request.url ?? "/";
  if (request.method !== "POST" || path.startsWith("/api/") || (isDev && /^\/_?_next/.test(path))) {
    return null;
  }
  if (!/^[0-9a-f]{40,64}$/.test(String(request.headers["next-action"] ?? ""))) {
    return { status: 400, message: "A page takes no such request." };
  }
  if (!/^text\/plain\b/.test(request.headers["content-type"] ?? "")) {
    return { status: 415, message: "An action takes JSON alone." };
  }
  const body = await peek(request, Number(request.headers["content-length"] ?? 0));
  return isPlain(body.toString()) ? null : { status: 400, message: "An action takes JSON alone." };
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

/** Reads a body of known length and puts it back, so that whoever comes next reads it as if for the first time. */
function peek(request: IncomingMessage, length: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let read = 0;
    const stop = () => {
      request.off("readable", take).off("close", stop);
      resolve(Buffer.concat(chunks));
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
