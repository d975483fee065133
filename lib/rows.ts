/** The single row of an answer that always has one; anything else is a bug in the query. */
export function one<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new Error(`Expected one row, got ${rows.length}`);
  }
  return row;
}
