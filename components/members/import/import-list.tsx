import Link from "next/link";
import { Tone, type ToneName } from "../../ui/tone.tsx";
import { importAddress } from "./import-address.ts";
import classes from "./import-list.module.css";

export type ListedImport = {
  id: number;
  fileName: string;
  kind: string;
  state: string;
  tone: ToneName;
  result: string;
  by: string;
  at: string;
};

/** The files of the past, newest first. */
export function ImportList({ imports }: { imports: ListedImport[] }) {
  return (
    <section aria-labelledby="imports">
      <h2 id="imports" className={classes.title}>
        Files so far
      </h2>
      {imports.length === 0 ? <p className={classes.second}>No file was brought in here yet.</p> : null}
      <ul className={classes.list}>
        {imports.map(({ id, fileName, kind, state, tone, result, by, at }) => (
          <li key={id}>
            <div className={classes.what}>
              <Link href={importAddress(id)} prefetch={false} className={classes.name}>
                {fileName}
              </Link>
              <span className={classes.second}>
                {kind} · {by} · {at}
              </span>
            </div>
            <div>
              <Tone tone={tone}>{state}</Tone>
              <span className={classes.second}>{result}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
