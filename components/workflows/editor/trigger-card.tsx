import { IconBolt } from "@tabler/icons-react";
import { CardFrame } from "./card-frame.tsx";
import { describeEntry, formOf } from "./describe-draft.ts";
import { useEditor } from "./editor-context.ts";

export function TriggerCard() {
  const { state, send, vocabulary, problems } = useEditor();
  const { trigger } = state.history.present;
  const { triggers } = vocabulary.forms;
  return (
    <CardFrame
      title={formOf(triggers, trigger.type)?.label ?? "Choose a trigger"}
      summary={describeEntry(trigger, triggers, vocabulary.picks)}
      icon={<IconBolt size={17} stroke={1.75} />}
      place="what starts it"
      problems={problems.get("trigger")?.length ?? 0}
      isSelected={state.selected === "trigger"}
      onSelect={() => send({ do: "select", selected: "trigger" })}
    />
  );
}
