"use client";

import { NativeSelect, Radio } from "@mantine/core";
import { useState, useTransition } from "react";
import { callAction } from "../../ui/call-action.ts";
import { PlainButton } from "../../ui/plain-button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { CancelButton } from "./cancel-button.tsx";
import classes from "./column-table.module.css";
import type { DateOrder, ImportActions } from "./import-actions.ts";

export type PreviewLine = {
  line: number;
  problem: string | null;
  cells: { text: string; problem: string | null }[];
};

type Props = {
  importId: number;
  /** As they stand in the file. */
  header: string[];
  columns: (string | null)[];
  /** What a column may be. */
  known: string[];
  lines: PreviewLine[];
  dates: DateOrder | null;
  asksForDates: boolean;
  /** Set once the file was checked as these columns: how many lines can be imported. */
  good: number | null;
  actions: Pick<ImportActions, "check" | "begin" | "cancel">;
};

/** The first lines as they will be read, with a choice of what each column is. */
export function ColumnTable({ importId, header, known, lines, asksForDates, good, actions, ...stored }: Props) {
  const [columns, setColumns] = useState(stored.columns);
  const [dates, setDates] = useState(stored.dates);
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const isChanged = dates !== stored.dates || columns.some((name, position) => name !== stored.columns[position]);

  const choose = (position: number, name: string | null) =>
    setColumns(columns.map((before, at) => (at === position ? name : before === name ? null : before)));

  const send = (call: () => ReturnType<ImportActions["check"]>) =>
    startTransition(async () => {
      const answer = await callAction(call());
      setError(answer.ok ? null : answer.message);
    });

  return (
    <>
      {asksForDates || dates ? (
        <Radio.Group
          label="How the file writes its days"
          value={dates ?? ""}
          onChange={(value) => setDates(value as DateOrder)}
        >
          <div className={classes.dates}>
            <Radio value="dmy" label="Day first: 03/04 is 3 April" />
            <Radio value="mdy" label="Month first: 03/04 is 4 March" />
          </div>
        </Radio.Group>
      ) : null}
      {error ? <Refusal>{error}</Refusal> : null}
      <div className={classes.buttons}>
        {good === null || isChanged ? (
          <PlainButton
            disabled={isPending || (asksForDates && !dates)}
            onClick={() => send(() => actions.check({ importId, columns, dates }))}
          >
            Check all lines
          </PlainButton>
        ) : (
          <PlainButton disabled={isPending || good === 0} onClick={() => send(() => actions.begin({ importId }))}>
            Import {good.toLocaleString("en")} {good === 1 ? "line" : "lines"}
          </PlainButton>
        )}
        <CancelButton importId={importId} cancel={actions.cancel} label="Discard the file" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section className={classes.scroller} aria-label="The first lines as they will be read" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.line}>
                Line
              </th>
              {header.map((name, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns have no other name that is sure to be one
                <th key={position} scope="col" data-ignored={columns[position] === null || undefined}>
                  <span className={classes.name}>{name || `Column ${position + 1}`}</span>
                  <NativeSelect
                    size="xs"
                    aria-label={`What ${name || `column ${position + 1}`} is`}
                    value={columns[position] ?? ""}
                    onChange={({ currentTarget }) => choose(position, currentTarget.value || null)}
                    data={[{ value: "", label: "Not imported" }, ...known.map((value) => ({ value, label: value }))]}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, problem, cells }) => (
              <tr key={line}>
                <td className={classes.line}>
                  {line}
                  {problem ? <span className={classes.problem}>{problem}</span> : null}
                </td>
                {cells.map((cell, position) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={position}
                    data-ignored={columns[position] === null || undefined}
                  >
                    {cell.text}
                    {cell.problem ? <span className={classes.problem}>{cell.problem}</span> : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
