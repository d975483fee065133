import { Menu } from "@mantine/core";
import { IconArrowsMove, IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import type { Node, NodeProps } from "@xyflow/react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../../ui/plain-button.tsx";
import { CardFrame } from "./card-frame.tsx";
import { summaryOf, titleOf } from "./describe-draft.ts";
import { listSteps } from "./edit-steps.ts";
import { useEditor } from "./editor-context.ts";
import type { Placed } from "./lay-out.ts";
import classes from "./step-card.module.css";
import { StepIcon } from "./step-icon.tsx";
import { describeNumbers, describeSkipped } from "./step-numbers.ts";

type StepNode = Node<{ place: Extract<Placed, { kind: "step" }> }>;

export function StepCard({ data }: NodeProps<StepNode>) {
  const { state, send, vocabulary, problems, numbers, mayEdit } = useEditor();
  const { step } = data.place;
  const all = listSteps(state.history.present.steps);
  const figures = numbers[step.id];
  const text = figures ? describeNumbers(figures) : "";
  const title = titleOf(step, vocabulary);
  const found = problems.get(step.id) ?? [];

  function onKeyDown(event: KeyboardEvent) {
    const command = mayEdit ? commandOf(event, step.id) : null;
    if (command) {
      event.preventDefault();
      send(command);
    }
  }

  return (
    <CardFrame
      title={title}
      summary={summaryOf(step, vocabulary) || found[0]?.message || ""}
      icon={<StepIcon step={step} forms={vocabulary.forms} />}
      place={`step ${all.findIndex(({ id }) => id === step.id) + 1} of ${all.length}`}
      problems={found.length}
      figures={figures && text ? { text, hint: describeSkipped(figures) } : undefined}
      isSelected={state.selected === step.id}
      isCarried={state.carried === step.id}
      onSelect={() => send({ do: "select", selected: step.id })}
      onKeyDown={onKeyDown}
      menu={mayEdit ? <StepMenu id={step.id} title={title} /> : null}
    />
  );
}

function StepMenu({ id, title }: { id: number; title: string }) {
  const { send } = useEditor();
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <IconButton label="More" about={title} className={`${classes.more} nodrag nopan`}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsMove size={15} stroke={1.75} />} onClick={() => send({ do: "pick up", id })}>
          Move…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} stroke={1.75} />}
          rightSection={<kbd className={classes.key}>D</kbd>}
          onClick={() => send({ do: "duplicate", id })}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={15} stroke={1.75} />}
          rightSection={<kbd className={classes.key}>Del</kbd>}
          onClick={() => send({ do: "remove", id })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function commandOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, id: number) {
  if (altKey && (key === "ArrowUp" || key === "ArrowDown")) {
    return { do: "move", id, by: key === "ArrowUp" ? -1 : 1 } as const;
  }
  if (altKey || ctrlKey || metaKey) {
    return null;
  }
  const commands = { Delete: "remove", Backspace: "remove", d: "duplicate", m: "pick up" } as const;
  const command = commands[key as keyof typeof commands];
  return command ? ({ do: command, id } as const) : null;
}
