import { IconAlertTriangle } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Spoken } from "../../ui/spoken.tsx";
import classes from "./card-frame.module.css";
import { LineEnds } from "./line-ends.tsx";

type Props = {
  title: string;
  summary: string;
  icon: ReactNode;
  /** What the card is for those who hear it: "Step 3 of 7, in If yes". */
  place: string;
  problems: number;
  figures?: { text: string; hint: string };
  isSelected: boolean;
  isCarried?: boolean;
  onSelect: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  menu?: ReactNode;
};

/** A card on the canvas: one button that opens it beside the canvas, and a menu of its own. */
export function CardFrame({ title, summary, icon, place, problems, figures, menu, ...props }: Props) {
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (props.isSelected) {
      frame.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }, [props.isSelected]);

  return (
    <div
      ref={frame}
      className={classes.card}
      data-selected={props.isSelected || undefined}
      data-carried={props.isCarried || undefined}
      data-bad={problems > 0 || undefined}
    >
      <LineEnds />
      <button
        type="button"
        className={`${classes.open} nodrag nopan`}
        onClick={props.onSelect}
        onKeyDown={props.onKeyDown}
        aria-pressed={props.isSelected}
      >
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
        <span className={classes.words}>
          <span className={classes.naming} data-beside-menu={menu ? true : undefined}>
            <span className={classes.title}>{title}</span>
            <span className={classes.summary}>{summary}</span>
          </span>
          {figures ? (
            <span className={classes.figures} title={figures.hint || undefined}>
              {figures.text}
            </span>
          ) : null}
        </span>
        <Spoken>, {place}</Spoken>
        {problems > 0 ? (
          <span className={classes.problems}>
            <IconAlertTriangle size={15} stroke={1.75} aria-hidden />
            <Spoken>{problems === 1 ? ", one problem" : `, ${problems} problems`}</Spoken>
          </span>
        ) : null}
      </button>
      {menu}
    </div>
  );
}
