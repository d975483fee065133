"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import type { FoundMember } from "#db/queries/find-members";
import { MemberPicker } from "../members/member-picker.tsx";
import { logAddress } from "./log-address.ts";
import classes from "./log-filters.module.css";

export type LogSelect = { name: string; label: string; all: string; options: { value: string; label: string }[] };

type Query = Record<string, string | number | undefined>;

type Props = {
  path: string;
  query: Query;
  selects: LogSelect[];
  /** Whose rows alone are shown. */
  member: FoundMember | null;
  isShort: boolean;
};

/** What of a log is shown. It is in the address, so that a view can be passed on. */
export function LogFilters({ path, query, selects, member, isShort }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // What was asked last, which the page may not show yet.
  const asked = useRef(query);
  useEffect(() => {
    asked.current = query;
  }, [query]);

  function ask(name: string, value: string) {
    asked.current = { ...asked.current, [name]: value };
    startTransition(() => router.replace(logAddress(path, asked.current), { scroll: false }));
  }

  const days = [
    ["from", "From", "From day"],
    ["to", "Until", "Until day"],
  ] as const;
  return (
    <search className={classes.filters} aria-busy={isPending} data-short={isShort || undefined}>
      {isShort ? null : (
        <MemberPicker
          aria-label="Member"
          size="xs"
          nobody="All members"
          member={member}
          onChoose={(chosen) => ask("member", chosen ? String(chosen.id) : "")}
        />
      )}
      {selects.map(({ name, label, all, options }) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={label}
          value={String(query[name] ?? "")}
          onChange={({ currentTarget }) => ask(name, currentTarget.value)}
          data={[{ value: "", label: all }, ...withChosen(options, query[name])]}
        />
      ))}
      {isShort
        ? null
        : days.map(([name, short, label]) => (
            <TextInput
              key={name}
              type="date"
              size="xs"
              aria-label={label}
              leftSection={
                <span aria-hidden className={classes.end}>
                  {short}
                </span>
              }
              leftSectionWidth={44}
              defaultValue={String(query[name] ?? "")}
              onChange={({ currentTarget }) => ask(name, currentTarget.value)}
            />
          ))}
      {!isShort && Object.values(query).some(Boolean) ? (
        <Link className={classes.all} href={path as Route} prefetch={false}>
          Show all
        </Link>
      ) : null}
    </search>
  );
}

/** An address may name what is not there any more: the control shows that, too. */
function withChosen(options: LogSelect["options"], chosen: string | number | undefined) {
  const isListed = chosen === undefined || options.some(({ value }) => value === String(chosen));
  return isListed ? options : [...options, { value: String(chosen), label: `Number ${chosen}` }];
}
