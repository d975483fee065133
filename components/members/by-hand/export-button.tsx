import { useState } from "react";
import { fetchJson, RequestError } from "../../fetch-json.ts";
import { PlainButton } from "../../ui/plain-button.tsx";
import { useToast } from "../../ui/toast.tsx";

/** Hands over the file of all that is stored about the member. */
export function ExportButton({ memberId }: { memberId: number }) {
  const [isPending, setPending] = useState(false);
  const toast = useToast();
  const download = async () => {
    setPending(true);
    try {
      const told = await fetchJson<unknown>(`/api/members/${memberId}/export`);
      save(`${JSON.stringify(told, null, 2)}\n`, `member-${memberId}.json`);
      toast({ message: "The file holds all that is stored about this member." });
    } catch (error) {
      const message = error instanceof RequestError ? error.message : "The server did not answer. Try again.";
      toast({ message, isError: true });
    }
    setPending(false);
  };
  return (
    <PlainButton look="outlined" disabled={isPending} onClick={download}>
      Export
    </PlainButton>
  );
}

function save(content: string, name: string) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
