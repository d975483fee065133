import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "../../ui/plain-button.tsx";
import { findStep } from "./edit-steps.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";
import { StepPanel } from "./step-panel.tsx";
import { TriggerPanel } from "./trigger-panel.tsx";
import { WorkflowPanel } from "./workflow-panel.tsx";

type Props = { isOpen: boolean; close: () => void; audience: ReactNode };

/** What is selected, to be filled in: beside the canvas, or over it where there is no room. */
export function Panel({ isOpen, close, audience }: Props) {
  const { state } = useEditor();
  const { selected } = state;
  const step = typeof selected === "number" ? findStep(state.history.present.steps, selected) : undefined;
  const body = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected now is read from its beginning
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
  }, [selected]);

  return (
    <aside ref={body} className={classes.panel} aria-label="Details" data-open={isOpen || undefined}>
      <IconButton label="Close" className={classes.close} onClick={close}>
        <IconX size={18} stroke={1.75} aria-hidden />
      </IconButton>
      {step ? (
        <StepPanel key={step.id} step={step} />
      ) : selected === "trigger" ? (
        <TriggerPanel audience={audience} />
      ) : (
        <WorkflowPanel />
      )}
    </aside>
  );
}
