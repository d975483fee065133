import type { DayFigures } from "./dashboard-data.ts";
import classes from "./day-chart.module.css";
import { DayTable } from "./day-table.tsx";

/** A day is 10 wide, whatever the page's width makes of it; what is counted fills 100 of height. */
const [dayWidth, height] = [10, 100];

/** Messages of each day as bars, and in them those whose readers came. The same figures stand in the table below. */
export function DayChart({ days }: { days: DayFigures[] }) {
  const top = niceTop(Math.max(...days.map(({ sent }) => sent)));
  const width = days.length * dayWidth;
  const bar = (count: number, index: number) => {
    const high = Math.round((count / top) * height * 10) / 10;
    return { x: index * dayWidth + 2, y: height - high, width: dayWidth - 4, height: high };
  };
  return (
    <>
      <div className={classes.chart}>
        <div className={classes.scale} aria-hidden>
          {[top, top / 2, 0].map((count) => (
            <span key={count}>{count.toLocaleString("en")}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Messages a day, ${days[0]?.label} to ${days.at(-1)?.label}. The figures are in the table below.`}
        >
          {[0, height / 2, height].map((y) => (
            <line key={y} x1={0} x2={width} y1={y} y2={y} className={classes.grid} />
          ))}
          {days.map(({ day, label, sent, returned }, index) => (
            <g key={day}>
              <title>{`${label}: ${sent} sent, ${returned} came`}</title>
              <rect {...bar(sent, index)} className={classes.sent} />
              <rect {...bar(returned, index)} className={classes.returned} />
            </g>
          ))}
        </svg>
        <div className={classes.days} aria-hidden>
          {[0, Math.floor(days.length / 2), days.length - 1].map((index) => (
            <span key={index}>{days[index]?.label}</span>
          ))}
        </div>
      </div>
      <p className={classes.legend} aria-hidden>
        <span data-series="sent">Sent</span>
        <span data-series="returned">Came within 7 days</span>
      </p>
      <DayTable days={days} />
    </>
  );
}

/** The next of 2, 4, 10, 20, 40, 100 … so that half of it is whole. */
function niceTop(most: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [2, 4, 10, 20].map((times) => times * magnitude).find((top) => top >= most) ?? most;
}
