"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { PlainButton } from "../ui/plain-button.tsx";
import classes from "./audit-filters.module.css";

type Query = { who?: number | "app"; what?: string; id?: number; from?: string; to?: string };

type Props = {
  query: Query;
  actors: { id: number; name: string }[];
  kinds: { value: string; label: string }[];
};

/** All of them are in the address, so that a view can be passed on; a change begins at the newest. */
export function AuditFilters({ query, actors, kinds }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // What was asked last, which the page may not show yet.
  const asked = useRef(query);
  useEffect(() => {
    asked.current = query;
  }, [query]);

  function ask(change: Partial<Record<keyof Query, string>>) {
    asked.current = { ...asked.current, ...change } as Query;
    const { who, what, id, from, to } = asked.current;
    const said = Object.entries({ who, what, id, from, to }).filter(([, value]) => value);
    const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
    const address = `/admin/settings/audit${search.size > 0 ? `?${search}` : ""}` as Route;
    startTransition(() => router.replace(address, { scroll: false }));
  }

  return (
    <search className={classes.filters} aria-busy={isPending}>
      <NativeSelect
        label="Who"
        value={String(query.who ?? "")}
        onChange={({ currentTarget }) => ask({ who: currentTarget.value })}
        data={[
          { value: "", label: "Everybody" },
          { value: "app", label: "The app, or the command line" },
          ...actors.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <NativeSelect
        label="What"
        value={query.what ?? ""}
        onChange={({ currentTarget }) => ask({ what: currentTarget.value, id: "" })}
        data={[{ value: "", label: "Everything" }, ...kinds]}
      />
      <TextInput
        label="From"
        type="date"
        key={`from ${query.from}`}
        defaultValue={query.from}
        max={query.to}
        onChange={({ currentTarget }) => ask({ from: currentTarget.value })}
      />
      <TextInput
        label="To"
        type="date"
        key={`to ${query.to}`}
        defaultValue={query.to}
        min={query.from}
        onChange={({ currentTarget }) => ask({ to: currentTarget.value })}
      />
      {query.id !== undefined ? (
        <PlainButton look="outlined" onClick={() => ask({ id: "" })}>
          Show all of them
        </PlainButton>
      ) : null}
    </search>
  );
}
