import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { fetchJson } from "../../fetch-json.ts";
import type { PreviewInput } from "./designer-data.ts";
import type { PreviewAnswer } from "./preview-answer.ts";

const typingPauseMs = 350;

/** How the template reads as it stands, and what is wrong with it: the server's answer, a moment after the last key. */
export function usePreview(input: PreviewInput, isAsked: boolean) {
  const [body] = useDebouncedValue(JSON.stringify(input), typingPauseMs);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["template-preview", body],
    queryFn: ({ signal }) => fetchJson<PreviewAnswer>("/api/templates/preview", { method: "POST", body, signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: 0,
  });
  /** What the answer at hand is about: the mail itself is asked for once it is known that there is one. */
  const answered = useRef(body);
  if (data && !isPlaceholderData) {
    answered.current = body;
  }
  return { answer: data ?? null, failure: error?.message ?? null, body: answered.current };
}
