import { Alert, Button, Drawer, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { unreachable } from "../unreachable.ts";
import classes from "./dialogs.module.css";
import type { EditorActions } from "./editor-actions.ts";
import { useEditor } from "./editor-context.ts";

type Props = {
  workflowId: number;
  actions: EditorActions;
  isOpen: boolean;
  close: () => void;
  restore: (version: number) => void;
  discard: (() => void) | null;
};

export function VersionsDrawer({ isOpen, close, ...props }: Props) {
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      title="Versions"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: classes.title }}
    >
      <Versions {...props} />
    </Drawer>
  );
}

function Versions({ workflowId, actions, restore, discard }: Omit<Props, "isOpen" | "close">) {
  const { mayEdit } = useEditor();
  const { data, error } = useQuery({
    queryKey: ["versions", workflowId],
    gcTime: 0,
    queryFn: async () => {
      const answer = await actions.listVersions({ workflowId }).catch(() => unreachable);
      if (!answer.ok) {
        throw new Error(answer.message);
      }
      return answer.data;
    },
  });
  if (error) {
    return (
      <Alert color="red" variant="light" role="alert">
        {error.message}
      </Alert>
    );
  }
  if (!data) {
    return <Skeleton height="12rem" aria-label="Loading versions…" />;
  }
  return (
    <div className={classes.body}>
      {discard ? (
        <div className={classes.version}>
          <strong>Draft, not published</strong>
          <Button size="compact-sm" variant="default" onClick={discard}>
            Discard
          </Button>
        </div>
      ) : null}
      {data.length === 0 ? <p className={classes.hint}>It was never published: there is no version yet.</p> : null}
      <ol className={classes.versions}>
        {data.map(({ number, publishedAt, publishedBy, isLive, runs, changes }) => (
          <li key={number} className={classes.version}>
            <div>
              <strong>
                Version {number}
                {isLive ? ", live" : ""}
              </strong>
              <p className={classes.hint}>
                <time dateTime={publishedAt}>{when(publishedAt)}</time>
                {publishedBy ? `, ${publishedBy}` : ""}
                {runs > 0 ? ` · ${runs.toLocaleString("en")} running` : ""}
              </p>
            </div>
            {mayEdit && !isLive ? (
              <Button
                size="compact-sm"
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

const when = (instant: string) =>
  new Date(instant).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
