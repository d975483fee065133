import { Button, Drawer } from "@mantine/core";
import type { Version } from "#engine/editing/versions";
import { Answered } from "../../ui/answered.tsx";
import classes from "./dialogs.module.css";
import type { EditorActions } from "./editor-actions.ts";
import { useTools } from "./editor-context.ts";

type Props = {
  workflowId: number;
  actions: EditorActions;
  isOpen: boolean;
  close: () => void;
  restore: (version: number) => void;
  discard: (() => void) | null;
};

export function VersionsDrawer({ workflowId, actions, isOpen, close, restore, discard }: Props) {
  return (
    <Drawer opened={isOpen} onClose={close} title="Versions">
      <Answered
        question={["versions", workflowId]}
        ask={() => actions.listVersions({ workflowId })}
        waiting="Loading versions…"
        height="12rem"
      >
        {(versions) => <Versions versions={versions} restore={restore} discard={discard} />}
      </Answered>
    </Drawer>
  );
}

function Versions({ versions, restore, discard }: Pick<Props, "restore" | "discard"> & { versions: Version[] }) {
  const { timeZone, mayEdit } = useTools();
  return (
    <div className={classes.body}>
      {versions.length === 0 ? <p className={classes.hint}>It was never published: there is no version yet.</p> : null}
      <ol className={classes.versions}>
        {discard ? (
          <li className={classes.version}>
            <div>
              <strong>Draft</strong>
              <p className={classes.hint}>Not published. “Publish” shows what it changes.</p>
            </div>
            <Button size="xs" variant="default" onClick={discard}>
              Discard
            </Button>
          </li>
        ) : null}
        {versions.map(({ number, publishedAt, publishedBy, isLive, runs, changes }) => (
          <li key={number} className={classes.version}>
            <div>
              <strong>
                Version {number}
                {isLive ? ", live" : ""}
              </strong>
              <p className={classes.hint}>
                <time dateTime={publishedAt}>{when(publishedAt, timeZone)}</time>
                {publishedBy ? `, ${publishedBy}` : ""}
                {runs > 0 ? ` · ${runs.toLocaleString("en")} running` : ""}
              </p>
            </div>
            {mayEdit && !isLive ? (
              <Button
                size="xs"
                variant="default"
                aria-label={`Restore version ${number}`}
                onClick={() => restore(number)}
              >
                Restore
              </Button>
            ) : null}
            {changes.length > 0 ? (
              <ul>
                {changes.map(({ words }) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

const when = (instant: string, timeZone: string) =>
  new Date(instant).toLocaleString("en-GB", { timeZone, dateStyle: "medium", timeStyle: "short" });
