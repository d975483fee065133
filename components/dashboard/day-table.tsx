import type { DayFigures } from "./dashboard-data.ts";
import classes from "./day-chart.module.css";

/** What the chart shows, to be read. */
export const DayTable = ({ days }: { days: DayFigures[] }) => (
  <details className={classes.table}>
    <summary>As a table</summary>
    <table>
      <caption>Messages by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Sent</th>
          <th scope="col">Came within 7 days</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, label, sent, returned }) => (
          <tr key={day}>
            <th scope="row">{label}</th>
            <td>{sent.toLocaleString("en")}</td>
            <td>{returned.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
