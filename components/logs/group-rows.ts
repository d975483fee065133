/** Rows of one day after another, as they come. */
export function groupRows<Row extends { day: string }>(rows: Row[]): { day: string; rows: Row[] }[] {
  const groups: { day: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group?.day === row.day) {
      group.rows.push(row);
    } else {
      groups.push({ day: row.day, rows: [row] });
    }
  }
  return groups;
}
