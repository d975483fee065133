import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FoundMember } from "#db/queries/find-members";
import { fetchJson } from "../fetch-json.ts";
import classes from "./member-picker.module.css";

type Props = Pick<SelectProps, "label" | "aria-label" | "size"> & {
  member: FoundMember | null;
  onChoose: (member: FoundMember | null) => void;
  /** What stands for none in particular, where that is a choice. */
  nobody?: string;
  "data-autofocus"?: boolean;
};

/** After the last letter. */
const restMs = 200;

/** Finds a member by a part of their name or address, or by number. */
export function MemberPicker({ member, onChoose, nobody, ...look }: Props) {
  const shown = member?.name ?? nobody ?? "";
  const [text, setText] = useState(shown);
  const wanted = text === shown ? "" : text.trim();
  const [asked] = useDebouncedValue(wanted, restMs);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["members", asked],
    queryFn: ({ signal }) =>
      fetchJson<FoundMember[]>(`/api/members?${new URLSearchParams({ text: asked })}`, { signal }),
    enabled: asked !== "",
    placeholderData: (previous) => previous,
  });
  const isAnswered = asked === wanted && data !== undefined && !isPlaceholderData;
  const standing = [...(nobody ? [{ value: "", label: nobody }] : []), ...(member ? [asOption(member)] : [])];
  return (
    <Select
      {...look}
      searchable
      autoComplete="off"
      placeholder="Name, email or number"
      data={wanted ? (data ?? []).map(asOption) : standing}
      // The server has searched.
      filter={({ options }) => options}
      value={member ? String(member.id) : nobody ? "" : null}
      searchValue={text}
      onSearchChange={setText}
      onFocus={({ currentTarget }) => currentTarget.select()}
      allowDeselect={false}
      nothingFoundMessage={wanted ? (isAnswered ? "Nobody is called that." : "Looking…") : undefined}
      error={wanted ? error?.message : undefined}
      renderOption={({ option }) => (
        <span className={classes.option}>
          {option.label}
          {"hint" in option ? <span className={classes.hint}>{String(option.hint)}</span> : null}
        </span>
      )}
      onChange={(value) => onChoose([...(data ?? []), member].find((found) => String(found?.id) === value) ?? null)}
    />
  );
}

const asOption = ({ id, name, hint }: FoundMember) => ({ value: String(id), label: name, hint });
