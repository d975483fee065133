import { IconBolt } from "@tabler/icons-react";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { CardFrame } from "./card-frame.tsx";
import { describeEntry, formOf } from "./describe-draft.ts";
import { saysTheSame, type TriggerNode } from "./draw-nodes.ts";
import { useTools } from "./editor-context.ts";

export const TriggerCard = memo(function TriggerCard({ data }: Pick<NodeProps<TriggerNode>, "data">) {
  const { send, vocabulary } = useTools();
  const { trigger, problems, isSelected } = data;
  const { triggers } = vocabulary.forms;
  return (
    <CardFrame
      title={formOf(triggers, trigger.type)?.label ?? "Choose a trigger"}
      summary={describeEntry(trigger, triggers, vocabulary.picks)}
      icon={<IconBolt size={17} stroke={1.75} />}
      place="what starts it"
      problems={problems}
      isSelected={isSelected}
      onSelect={() => send({ do: "select", selected: "trigger" })}
    />
  );
}, saysTheSame);
