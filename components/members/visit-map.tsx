import classes from "./visit-map.module.css";

/** A week from Monday to Sunday; null for the days before the first and after today. */
export type VisitWeek = { monday: string; days: ({ day: string; visits: number; label: string } | null)[] };

type Props = {
  weeks: VisitWeek[];
  months: { name: string; visits: number }[];
  summary: string;
};

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A year of visits: the deeper the colour of a day, the more. The months say the same in figures. */
export function VisitMap({ weeks, months, summary }: Props) {
  return (
    <section aria-labelledby="visits">
      <div className={classes.head}>
        <h2 id="visits">Visits</h2>
        <p>{summary}</p>
      </div>
      <div className={classes.map} role="img" aria-label={`Visits by day. ${summary}`}>
        {weeks.map(({ monday, days }) => (
          <div key={monday} className={classes.week}>
            {days.map((day, index) => (
              <span
                key={weekdays[index]}
                data-visits={day ? Math.min(day.visits, 3) : undefined}
                title={day?.label}
                className={classes.day}
              />
            ))}
          </div>
        ))}
      </div>
      <table className={classes.months}>
        <caption>Visits by month</caption>
        <thead>
          <tr>
            {months.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {months.map(({ name, visits }) => (
              <td key={name}>{visits}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
