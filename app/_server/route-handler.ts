import { z } from "zod";
import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { isNextControlFlow, reportError } from "./report-error.ts";
import { isSameOrigin } from "./same-origin.ts";
import { getViewer, type Role, type Viewer } from "./session.ts";

/** Next passes no parameters to a handler whose path has none, whatever its types say. */
type Context = { params: Promise<Record<string, string | string[] | undefined> | undefined> };

const nothing = z.object({});

type Rule<Params extends z.ZodType, Query extends z.ZodType> = { roles: Role[]; params?: Params; query?: Query };

type Call<Params extends z.ZodType, Query extends z.ZodType> = {
  viewer: Viewer;
  request: Request;
  params: z.output<Params>;
  query: z.output<Query>;
};

/** Every route handler for people who have signed in is made here. Refusals are JSON: `{ message, fields }`. */
export function defineRouteHandler<Params extends z.ZodType = typeof nothing, Query extends z.ZodType = typeof nothing>(
  rule: Rule<Params, Query>,
  run: (call: Call<Params, Query>) => Promise<Response>,
) {
  return (request: Request, context: Context): Promise<Response> =>
    answer(request, async () => {
      const viewer = await getViewer();
      if (!viewer) {
        return refuse(401, "Please sign in.");
      }
      if (!rule.roles.includes(viewer.role)) {
        throw new AppError("forbidden", "You may not do that.");
      }
      const query = Object.fromEntries(new URL(request.url).searchParams);
      return run({
        viewer,
        request,
        params: parse((rule.params ?? nothing) as Params, (await context.params) ?? {}),
        query: parse((rule.query ?? nothing) as Query, query),
      });
    });
}

/** A handler for everybody. `reason` says why that is right. */
export function definePublicHandler(_reason: string, run: (request: Request) => Promise<Response>) {
  return (request: Request): Promise<Response> => answer(request, () => run(request));
}

/**
 * A handler whose address carries a signature that is the right to call it, from anywhere: no cookie counts here, so no
 * other site can borrow one.
 */
export function defineSignedHandler(_reason: string, run: (request: Request) => Promise<Response>) {
  return (request: Request): Promise<Response> => answer(request, () => run(request), { isFromAnywhere: true });
}

async function answer(
  request: Request,
  work: () => Promise<Response>,
  { isFromAnywhere = false } = {},
): Promise<Response> {
  try {
    const isReading = request.method === "GET" || request.method === "HEAD";
    if (!isReading && !isFromAnywhere && !isSameOrigin(request.headers, getEnv().APP_URL)) {
      throw new AppError("forbidden", "This request did not come from our own pages.");
    }
    const response = await work();
    const headers = new Headers(response.headers);
    if (!headers.has("cache-control")) {
      headers.set("cache-control", "private, no-store");
    }
    // A copy, because the headers of a redirect cannot be changed.
    return new Response(response.body, { status: response.status, headers });
  } catch (error) {
    if (error instanceof AppError) {
      return refuse(error.status, error.message, error.fields);
    }
    if (isNextControlFlow(error)) {
      throw error;
    }
    const { message, digest } = reportError(error, { in: "route", path: new URL(request.url).pathname });
    return refuse(500, message, {}, digest);
  }
}

function refuse(status: number, message: string, fields: Record<string, string> = {}, errorId?: string) {
  return Response.json({ message, fields, errorId }, { status, headers: { "cache-control": "private, no-store" } });
}

function parse<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]));
    throw new AppError("invalid", "The address is not complete or not right.", fields);
  }
  return parsed.data;
}
