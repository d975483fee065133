import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchJson } from "../../fetch-json.ts";
import type { FoundMember } from "./designer-data.ts";

const sample = { value: "", label: "A sample member" };

/** As whom the preview is shown: somebody made up, or a member by name. */
export function MemberPicker({ onChange }: { onChange: (memberId: number | null) => void }) {
  const [chosen, setChosen] = useState(sample);
  const [search, setSearch] = useState(sample.label);
  const [asked] = useDebouncedValue(search === chosen.label ? "" : search.trim(), 250);
  const { data = [] } = useQuery({
    queryKey: ["members", asked],
    queryFn: ({ signal }) =>
      fetchJson<FoundMember[]>(`/api/members?${new URLSearchParams({ text: asked })}`, { signal }),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
  });
  const found = (asked === "" ? [] : data).map(({ id, name, hint }) => ({ value: String(id), label: name, hint }));
  const options = [sample, ...(chosen.value ? [chosen] : []), ...found.filter(({ value }) => value !== chosen.value)];
  return (
    <Select
      aria-label="Preview as"
      size="xs"
      searchable
      data={options}
      // The server has searched.
      filter={({ options: all }) => all}
      value={chosen.value}
      searchValue={search}
      onSearchChange={setSearch}
      onFocus={({ currentTarget }) => currentTarget.select()}
      placeholder="Search members by name"
      allowDeselect={false}
      nothingFoundMessage="Nobody of that name"
      renderOption={({ option }) => (
        <span>
          {option.label}
          {"hint" in option && option.hint ? <small> {String(option.hint)}</small> : null}
        </span>
      )}
      onChange={(value, option) => {
        setChosen({ value: value ?? "", label: option?.label ?? sample.label });
        onChange(value ? Number(value) : null);
      }}
    />
  );
}
