"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { channelNames, languageCodes, languageNames } from "#lib/template-texts";
import classes from "./template-controls.module.css";

type Query = { q?: string; channel?: string; lacks?: string; show?: string };

const shows = { "": "All in use or not", used: "Sent by a workflow", unused: "Not sent by any", archived: "Archived" };

const typingPauseMs = 300;

/** Search and filters. They are in the address, so that a view can be passed on. */
export function TemplateControls({ query }: { query: Query }) {
  const router = useRouter();
  const [search, setSearch] = useState(query.q ?? "");
  const [, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function ask(change: Query) {
    clearTimeout(timer.current);
    const asked = Object.entries({ ...query, q: search, ...change }).filter(([, value]) => value);
    const address = asked.length > 0 ? (`/admin/templates?${new URLSearchParams(asked)}` as const) : "/admin/templates";
    startTransition(() => router.replace(address, { scroll: false }));
  }

  return (
    <search className={classes.controls}>
      <TextInput
        aria-label="Search templates"
        placeholder="Search by name or subject"
        size="sm"
        type="search"
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={search}
        onChange={({ currentTarget: { value } }) => {
          setSearch(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => ask({ q: value }), typingPauseMs);
        }}
      />
      <NativeSelect
        aria-label="Channel"
        value={query.channel ?? ""}
        onChange={({ currentTarget }) => ask({ channel: currentTarget.value })}
        data={[
          { value: "", label: "All channels" },
          ...Object.entries(channelNames).map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        aria-label="Languages"
        value={query.lacks ?? ""}
        onChange={({ currentTarget }) => ask({ lacks: currentTarget.value })}
        data={[
          { value: "", label: "All languages" },
          ...languageCodes.map((value) => ({ value, label: `Without ${languageNames[value]}` })),
        ]}
      />
      <NativeSelect
        aria-label="Use"
        value={query.show ?? ""}
        onChange={({ currentTarget }) => ask({ show: currentTarget.value })}
        data={Object.entries(shows).map(([value, label]) => ({ value, label }))}
      />
    </search>
  );
}
