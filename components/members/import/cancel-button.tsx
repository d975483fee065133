"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { callAction } from "../../ui/call-action.ts";
import { PlainButton } from "../../ui/plain-button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import type { ImportActions } from "./import-actions.ts";
import { importsAddress } from "./import-address.ts";

type Props = { importId: number; cancel: ImportActions["cancel"]; label: string };

/** Ends what is going on with a file. What was stored before stays, and is told. */
export function CancelButton({ importId, cancel, label }: Props) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const router = useRouter();
  const press = () =>
    startTransition(async () => {
      const answer = await callAction(cancel({ importId }));
      setError(answer.ok ? null : answer.message);
      if (answer.ok && answer.data.isForgotten) {
        router.push(importsAddress);
      } else {
        router.refresh();
      }
    });
  return (
    <>
      <PlainButton look="outlined" disabled={isPending} onClick={press}>
        {label}
      </PlainButton>
      {error ? <Refusal>{error}</Refusal> : null}
    </>
  );
}
