import type { NodeProps } from "@xyflow/react";
import { type KeyboardEvent, memo } from "react";
import { CardFrame } from "./card-frame.tsx";
import { summaryOf, titleOf } from "./describe-draft.ts";
import { type StepNode, saysTheSame } from "./draw-nodes.ts";
import { useTools } from "./editor-context.ts";
import { StepIcon } from "./step-icon.tsx";
import { StepMenu } from "./step-menu.tsx";
import { describeNumbers, describeSkipped } from "./step-numbers.ts";

export const StepCard = memo(function StepCard({ data }: Pick<NodeProps<StepNode>, "data">) {
  const { send, vocabulary, mayEdit } = useTools();
  const { step, number, total, problems, firstProblem, figures, isSelected, isCarried } = data;
  const text = figures ? describeNumbers(figures) : "";
  const title = titleOf(step, vocabulary);

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
      summary={summaryOf(step, vocabulary) || firstProblem}
      icon={<StepIcon step={step} forms={vocabulary.forms} />}
      place={`step ${number} of ${total}`}
      problems={problems}
      figures={figures && text ? { text, hint: describeSkipped(figures) } : undefined}
      isSelected={isSelected}
      isCarried={isCarried}
      onSelect={() => send({ do: "select", selected: step.id })}
      onKeyDown={onKeyDown}
      menu={mayEdit ? <StepMenu id={step.id} title={title} /> : null}
    />
  );
}, saysTheSame);

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
