import { useQuery } from "@tanstack/react-query";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "./call-action.ts";

/** What a server action answers now: asked anew by whatever shows it. A refusal is an error with the words of it. */
export function useAnswer<Data>(question: (string | number)[], ask: () => Promise<ActionResult<Data>>) {
  return useQuery({
    queryKey: question,
    gcTime: 0,
    retry: 1,
    queryFn: async () => {
      const answer = await callAction(ask());
      if (!answer.ok) {
        throw new Error(answer.message);
      }
      return answer.data;
    },
  });
}
