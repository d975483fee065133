"use client";

import { TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useId, useState, useTransition } from "react";
import { callAction } from "../../ui/call-action.ts";
import { IconButton, PlainButton } from "../../ui/plain-button.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { MemberActions } from "./member-actions.ts";
import classes from "./tag-editor.module.css";

type Props = {
  memberId: number;
  tags: string[];
  /** Tags that members have, to choose from. */
  known: string[];
  actions: Pick<MemberActions, "addTag" | "removeTag">;
};

/** The member's tags. A new one may start workflows that wait for it. */
export function TagEditor({ memberId, tags, known, actions }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const toast = useToast();
  const listId = useId();

  const add = (tag: string) =>
    startTransition(async () => {
      const answer = await callAction(actions.addTag({ memberId, tag }));
      setError(answer.ok ? null : (answer.fields.tag ?? answer.message));
      if (answer.ok) {
        setText("");
      }
    });

  const remove = (tag: string) =>
    startTransition(async () => {
      const answer = await callAction(actions.removeTag({ memberId, tag }));
      toast(
        answer.ok
          ? { message: `“${tag}” was removed.`, action: { label: "Undo", run: () => add(tag) } }
          : { message: answer.message, isError: true },
      );
    });

  return (
    <div className={classes.editor} aria-busy={isPending}>
      {tags.length > 0 ? (
        <ul className={classes.tags} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag}>
              {tag}
              <IconButton
                label="Remove tag"
                about={tag}
                className={classes.remove}
                disabled={isPending}
                onClick={() => remove(tag)}
              >
                <IconX size={14} stroke={2} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          add(text.trim());
        }}
      >
        <TextInput
          aria-label="New tag"
          placeholder="New tag"
          size="xs"
          value={text}
          error={error}
          list={listId}
          maxLength={50}
          autoComplete="off"
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setError(null);
          }}
        />
        <datalist id={listId}>
          {known
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
        <PlainButton look="outlined" isSmall type="submit" disabled={isPending}>
          Add
        </PlainButton>
      </form>
    </div>
  );
}
