"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { fetchJson } from "../../fetch-json.ts";
import { Refusal } from "../../ui/refusal.tsx";
import { CancelButton } from "./cancel-button.tsx";
import type { ImportActions } from "./import-actions.ts";
import classes from "./import-progress.module.css";
import { Progress } from "./progress.tsx";

type Told = { state: string; share: number; read: number; refused: number };

type Props = {
  importId: number;
  /** What the worker has to do with the file. */
  state: "checking" | "importing";
  first: Told;
  cancel: ImportActions["cancel"];
};

const askAgainMs = 700;

/** How far the worker is; the page follows when it is done. */
export function ImportProgress({ importId, state, first, cancel }: Props) {
  const router = useRouter();
  const { data = first, error } = useQuery({
    queryKey: ["import", importId, state],
    queryFn: () => fetchJson<Told>(`/api/members/imports/${importId}`),
    gcTime: 0,
    refetchInterval: ({ state: query }) => (query.data && query.data.state !== state ? false : askAgainMs),
  });
  const isOver = data.state !== state;

  useEffect(() => {
    if (isOver) {
      router.refresh();
    }
  }, [isOver, router]);

  if (error) {
    return <Refusal>{error.message} Reload the page to see how far it is.</Refusal>;
  }
  const label = state === "checking" ? "Every line is being checked" : "The file is being imported";
  return (
    <div className={classes.progress}>
      <Progress label={label} share={isOver ? 1 : data.share} />
      <p className={classes.words}>
        {data.read.toLocaleString("en")} lines so far
        {data.refused > 0 ? `, ${data.refused.toLocaleString("en")} with errors` : ""}. It goes on without you: leave
        this page and come back as you like.
      </p>
      <CancelButton
        importId={importId}
        cancel={cancel}
        label={state === "checking" ? "Discard the file" : "Cancel the import"}
      />
    </div>
  );
}
