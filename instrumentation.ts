import type { Instrumentation } from "next";

/** What breaks while a page renders: logged under the id that the page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "edge") {
    return;
  }
  const { getLog } = await import("#app/_server/log");
  const errorId = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  const path = request.path.split("?")[0];
  getLog().error({ errorId, err: error, path, route: context.routePath, in: context.routeType }, "unexpected error");
};
