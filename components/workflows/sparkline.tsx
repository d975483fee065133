import classes from "./sparkline.module.css";

/** `counts`: one a day, the oldest first. */
type Props = { counts: number[]; label: string };

const size = { width: 92, height: 24 };

/** The shape of a month in one stroke; the figure beside it says how much. */
export function Sparkline({ counts, label }: Props) {
  const most = Math.max(...counts, 1);
  const step = size.width / Math.max(counts.length - 1, 1);
  const points = counts.map(
    (count, day) => `${round(day * step)},${round(size.height - 2 - (count / most) * (size.height - 4))}`,
  );
  return (
    <svg className={classes.sparkline} viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;
