"use client";

import "@xyflow/react/dist/base.css";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { ReactFlow } from "@xyflow/react";
import { memo, useLayoutEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "../../ui/plain-button.tsx";
import { type Drawing, drawNodes, keepUnchanged } from "./draw-nodes.ts";
import classes from "./editor-canvas.module.css";
import { useEditor } from "./editor-context.ts";
import { SlotCard } from "./slot-card.tsx";
import { StepCard } from "./step-card.tsx";
import { TriggerCard } from "./trigger-card.tsx";

const nodeTypes = { trigger: TriggerCard, step: StepCard, slot: SlotCard };
const margin = 32;
const zooms = [0.5, 0.75, 1];
const readableZoom = 0.75;
const phoneWidth = 480;

/**
 * The workflow as it runs, top to bottom. It is as large as its steps and scrolls like any page, so that a finger, a wheel
 * and the keyboard's focus all find their way.
 */
export function EditorCanvas({ areNumbersMissing }: { areNumbersMissing: boolean }) {
  const [zoom, setZoom] = useState(1);
  const drawing = useDrawing();
  const scroller = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: how it begins; from then on the person decides
  useLayoutEffect(() => {
    setZoom(fittingZoom(drawing.width + 2 * margin, scroller.current?.clientWidth ?? 0));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the trigger stays in the middle when it is drawn larger or smaller
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) {
      element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
    }
  }, [zoom]);

  const zoomBy = (steps: number) => setZoom(zooms[zooms.indexOf(zoom) + steps] ?? zoom);
  return (
    <section className={classes.canvas} aria-label="Steps">
      <div ref={scroller} className={classes.scroller}>
        <Paper drawing={drawing} zoom={zoom} />
      </div>
      {areNumbersMissing ? (
        <p className={classes.note} role="status">
          What became of each step could not be read.
        </p>
      ) : null}
      <a className={classes.credit} href="https://reactflow.dev" target="_blank" rel="noopener noreferrer">
        React Flow
      </a>
      <div className={classes.zoom}>
        <IconButton label="Smaller" onClick={() => zoomBy(-1)} disabled={zoom === zooms[0]}>
          <IconMinus size={16} stroke={1.75} aria-hidden />
        </IconButton>
        <output aria-live="off">{Math.round(zoom * 100)} %</output>
        <IconButton label="Larger" onClick={() => zoomBy(1)} disabled={zoom === zooms.at(-1)}>
          <IconPlus size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

/** The largest at which all of it can be seen; where none can show it all, or on a phone, one that can be read. */
function fittingZoom(width: number, room: number): number {
  const fitting = zooms.findLast((zoom) => width * zoom <= room) ?? readableZoom;
  return room > phoneWidth ? fitting : Math.max(fitting, readableZoom);
}

function useDrawing(): Drawing {
  const { state, problems, numbers, mayEdit } = useEditor();
  const { history, selected, carried } = state;
  const { trigger, steps } = history.present;
  const next = useMemo(
    () => drawNodes({ trigger, steps, selected, carried, problems, numbers, mayEdit }),
    [trigger, steps, selected, carried, problems, numbers, mayEdit],
  );
  const [shown, setShown] = useState(next);
  const drawing = useMemo(() => keepUnchanged(shown, next), [shown, next]);
  if (drawing !== shown) {
    setShown(drawing);
  }
  return drawing;
}

const Paper = memo(function Paper({ drawing, zoom }: { drawing: Drawing; zoom: number }) {
  const { nodes, edges, left, width, height } = drawing;
  return (
    <div className={classes.paper} style={{ width: (width + 2 * margin) * zoom, height: (height + 2 * margin) * zoom }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        viewport={{ x: (margin - left) * zoom, y: margin * zoom, zoom }}
        minZoom={0.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        panOnDrag={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
      />
    </div>
  );
});
