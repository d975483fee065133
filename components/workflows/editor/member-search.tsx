import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { FoundMember } from "#db/queries/find-members";
import { fetchJson } from "../../fetch-json.ts";
import classes from "./member-search.module.css";

type Props = { member: FoundMember | null; onChoose: (member: FoundMember | null) => void };

/** Finds a member by a part of their name or address, or by number. */
export function MemberSearch({ member, onChoose }: Props) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  const listId = useId();
  const { data, error } = useQuery({
    queryKey: ["members", asked],
    queryFn: ({ signal }) => fetchJson<FoundMember[]>(`/api/members?text=${encodeURIComponent(asked)}`, { signal }),
    enabled: asked.length > 0 && member === null,
    placeholderData: (previous) => previous,
  });
  return (
    <div className={classes.search}>
      <TextInput
        label="Member"
        placeholder="Name, email or number"
        autoComplete="off"
        value={member ? member.name : text}
        error={error?.message}
        aria-controls={listId}
        onChange={(event) => {
          onChoose(null);
          setText(event.currentTarget.value);
        }}
        data-autofocus
      />
      <ul id={listId} className={classes.found} aria-label="Members found">
        {member === null && asked
          ? data?.map((found) => (
              <li key={found.id}>
                <button type="button" className={classes.choice} onClick={() => onChoose(found)}>
                  <span>{found.name}</span>
                  <span className={classes.hint}>{found.hint}</span>
                </button>
              </li>
            ))
          : null}
      </ul>
      <p className={classes.hint} role="status">
        {member === null && asked && data?.length === 0 ? "Nobody is called that." : ""}
      </p>
    </div>
  );
}
