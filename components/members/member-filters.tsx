"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import type { MemberChoices } from "#db/queries/member-choices";
import { memberStateNames } from "#lib/member-state";
import { riskLevels, riskNames } from "#lib/risk-level";
import classes from "./member-filters.module.css";

type Query = {
  q?: string;
  state?: string;
  risk?: string;
  tag?: string;
  level?: string;
  trainer?: number;
  location?: number;
};

/** Search and filters. They are in the address, so that a view can be passed on; a change begins at the first page. */
export function MemberFilters({ query, choices }: { query: Query; choices: MemberChoices }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // What was asked last, which the page may not show yet.
  const asked = useRef(query);
  useEffect(() => {
    asked.current = query;
  }, [query]);

  function ask(change: Partial<Record<keyof Query, string>>) {
    asked.current = { ...asked.current, ...change } as Query;
    const { q, state, risk, tag, level, trainer, location } = asked.current;
    const said = Object.entries({ q, state, risk, tag, level, trainer, location }).filter(([, value]) => value);
    const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
    startTransition(() =>
      router.replace(`/admin/members${search.size > 0 ? `?${search}` : ""}` as Route, { scroll: false }),
    );
  }
  const search = useDebouncedCallback((q: string) => ask({ q }), 250);
  const selects: [name: keyof Query, label: string, all: string, options: { value: string; label: string }[]][] = [
    ["state", "State", "All states", Object.entries(memberStateNames).map(([value, label]) => ({ value, label }))],
    ["risk", "Risk", "Any risk", riskLevels.map((value) => ({ value, label: `${riskNames[value]} risk` }))],
    ["tag", "Tag", "All tags", choices.tags.map(same)],
    ["level", "Level", "All levels", choices.levels.map(same)],
    ["trainer", "Trainer", "All trainers", choices.trainers.map(named)],
    ["location", "Location", "All locations", choices.locations.map(named)],
  ];
  return (
    <search className={classes.filters} aria-busy={isPending}>
      <TextInput
        type="search"
        aria-label="Search members"
        placeholder="Search by name, email or phone"
        defaultValue={query.q}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        onChange={({ currentTarget }) => search(currentTarget.value)}
        className={classes.text}
      />
      {selects
        .filter(([name, , , options]) => options.length > 0 || query[name])
        .map(([name, label, all, options]) => (
          <NativeSelect
            key={name}
            aria-label={label}
            value={String(query[name] ?? "")}
            onChange={({ currentTarget }) => ask({ [name]: currentTarget.value })}
            data={[{ value: "", label: all }, ...withChosen(options, query[name])]}
          />
        ))}
    </search>
  );
}

const same = (value: string) => ({ value, label: value });
const named = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });

/** An address may name what nobody has any more: the control shows that, too. */
function withChosen(options: { value: string; label: string }[], chosen: string | number | undefined) {
  const isListed = chosen === undefined || chosen === "" || options.some(({ value }) => value === String(chosen));
  return isListed ? options : [...options, same(String(chosen))];
}
