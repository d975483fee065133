import Link from "next/link";
import classes from "./dashboard.module.css";
import type { AutomationData, ChannelFigures } from "./dashboard-data.ts";
import { DayChart } from "./day-chart.tsx";

/** What workflows sent in a month, and what came of it; null until a worker has counted it. */
export function Automation({ month }: { month: AutomationData | null }) {
  return (
    <section aria-labelledby="automation" className={classes.section}>
      <div className={classes.head}>
        <h2 id="automation">What workflows did in 30 days</h2>
        {month ? <p className={classes.second}>Counted {month.counted}</p> : null}
      </div>
      {month ? <Month {...month} /> : <p className={classes.fine}>It is being counted. Look again in a minute.</p>}
    </section>
  );
}

function Month({ days, channels }: AutomationData) {
  const used = channels.filter(({ sent }) => sent > 0);
  if (used.length === 0) {
    return (
      <p className={classes.fine}>
        <span>
          Nothing was sent in the last 30 days. <Link href="/admin/workflows">Look at the workflows</Link> that are on.
        </span>
      </p>
    );
  }
  return (
    <>
      <table className={classes.channels}>
        <caption className={classes.spoken}>Messages of 30 days by channel</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.spoken}>Channel</span>
            </th>
            <th scope="col">Sent</th>
            <th scope="col">Delivered</th>
            <th scope="col">Opened</th>
            <th scope="col">Came within 7 days</th>
          </tr>
        </thead>
        <tbody>
          {used.map((figures) => (
            <Channel key={figures.channel} {...figures} />
          ))}
        </tbody>
      </table>
      {used.some(({ delivered, opened }) => delivered === null || opened === null) ? (
        <p className={classes.second}>A dash stands where nobody tells what became of messages.</p>
      ) : null}
      <DayChart days={days} />
    </>
  );
}

const Channel = ({ channel, sent, delivered, opened, returned }: ChannelFigures) => (
  <tr>
    <th scope="row">{channel}</th>
    <td>{sent.toLocaleString("en")}</td>
    <Share of={sent} count={delivered} />
    <Share of={sent} count={opened} />
    <Share of={sent} count={returned} />
  </tr>
);

/** A dash where nobody can tell. */
const Share = ({ of, count }: { of: number; count: number | null }) => (
  <td>
    {count === null ? (
      "–"
    ) : (
      <>
        {count.toLocaleString("en")} <span className={classes.share}>{Math.round((count / of) * 100)} %</span>
      </>
    )}
  </td>
);
