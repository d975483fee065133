"use client";

import { NativeSelect } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { memberAddress } from "./member-address.ts";

type Props = { memberId: number; workflowId: number | undefined; workflows: { id: number; name: string }[] };

/** Which workflow is asked about. It is in the address, so that an answer can be passed on. */
export function WhyChoice({ memberId, workflowId, workflows }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <NativeSelect
      aria-labelledby="why"
      aria-busy={isPending}
      value={workflowId ?? ""}
      onChange={({ currentTarget: { value } }) =>
        startTransition(() =>
          router.replace(`${memberAddress(memberId)}${value ? `?why=${value}` : ""}` as Route, { scroll: false }),
        )
      }
      data={[
        { value: "", label: "Choose a workflow" },
        ...workflows.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  );
}
