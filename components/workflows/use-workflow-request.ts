import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { fetchJson } from "../fetch-json.ts";

type Progress = { isFinished: boolean; started: number; held: number; error: string | null };

const askAgainMs = 700;
/** A worker that is there answers within seconds. */
const patienceMs = 12_000;

/** What became of something asked of the worker, in words; the page's figures follow once it is done. */
export function useWorkflowRequest(requestId: number | null) {
  const router = useRouter();
  const [isSlow, setSlow] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["request", requestId],
    queryFn: () => fetchJson<Progress>(`/api/requests/${requestId}`),
    enabled: requestId !== null,
    refetchInterval: ({ state }) => (state.data?.isFinished ? false : askAgainMs),
  });
  const isFinished = data?.isFinished === true;

  useEffect(() => {
    setSlow(false);
    if (requestId === null || isFinished) {
      return;
    }
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, [requestId, isFinished]);

  useEffect(() => {
    if (isFinished) {
      router.refresh();
    }
  }, [isFinished, router]);

  if (requestId === null) {
    return null;
  }
  return { isWaiting: !isFinished && !error, ...wordsFor(data, error, isSlow) };
}

function wordsFor(data: Progress | undefined, error: Error | null, isSlow: boolean) {
  if (error) {
    return { text: `${error.message} Reload the page to see how it went.`, isError: true };
  }
  if (data?.error) {
    return { text: data.error, isError: true };
  }
  if (data?.isFinished) {
    return { text: describeResult(data), isError: false };
  }
  return isSlow
    ? { text: "Still waiting for the worker. It starts as soon as a worker is running.", isError: false }
    : { text: "Asked. Looking for members who match…", isError: false };
}

function describeResult({ started, held }: Progress) {
  if (held > 0) {
    return `Started ${count(started, "run")}; ${count(held, "more run")} held for approval.`;
  }
  return started === 0
    ? "Nobody to start for: those who match were answered already or are on cooldown."
    : `Started ${count(started, "run")}.`;
}

export const count = (number: number, noun: string) =>
  `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
