import { fetchJson } from "../fetch-json.ts";

type Progress = { isFinished: boolean; said: string | null; error: string | null };

const askAgainMs = 700;
/** A worker that is there may page through a day of a provider's list. */
const patienceMs = 60_000;

/** What the worker answers to a request, in words. */
export async function waitForAnswer(requestId: number): Promise<{ text: string; isRefusal: boolean }> {
  const endsAt = Date.now() + patienceMs;
  try {
    while (Date.now() < endsAt) {
      const { isFinished, said, error } = await fetchJson<Progress>(`/api/requests/${requestId}`);
      if (isFinished) {
        return { text: said ?? error ?? "", isRefusal: said === null };
      }
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  } catch (error) {
    return { text: `${(error as Error).message} Reload the page to see how it went.`, isRefusal: true };
  }
  return {
    text: "No worker has answered yet. It asks as soon as one is running; reload the page then.",
    isRefusal: true,
  };
}
