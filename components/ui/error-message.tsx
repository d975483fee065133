"use client";

import { MessagePage } from "./message-page.tsx";
import { PlainButton } from "./plain-button.tsx";

type Props = { error: unknown; retry: () => void };

/** What a person sees of a bug: that it was not them, what to do, and the id under which we can find it. */
export function ErrorMessage({ error, retry }: Props) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="That did not work"
      text={
        <>
          Something went wrong on our side; nothing was lost. Try again. If it happens again, tell whoever runs this
          system{digest ? <> and give them this number: {digest}</> : null}.
        </>
      }
    >
      <PlainButton onClick={() => retry()}>Try again</PlainButton>
    </MessagePage>
  );
}
