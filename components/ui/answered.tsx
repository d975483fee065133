import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import type { ActionResult } from "#lib/action-result";
import { Refusal } from "./refusal.tsx";
import { useAnswer } from "./use-answer.ts";

type Props<Data> = {
  question: (string | number)[];
  ask: () => Promise<ActionResult<Data>>;
  /** What is being waited for, and about how high it will be. */
  waiting: string;
  height: string;
  children: (data: Data) => ReactNode;
};

/** Shows what a server action answers, asked each time that this appears. */
export function Answered<Data>({ question, ask, waiting, height, children }: Props<Data>) {
  const { data, error } = useAnswer(question, ask);
  if (error) {
    return <Refusal>{error.message}</Refusal>;
  }
  return data === undefined ? <Skeleton height={height} role="status" aria-label={waiting} /> : children(data);
}
