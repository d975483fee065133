"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import classes from "./log-export.module.css";
import { useExport } from "./use-export.ts";

/** What the filter shows as a file for a spreadsheet, with how far it has come. */
export function LogExport({ url }: { url: string }) {
  const { progress, start, stop } = useExport(url);
  const rows = `${progress.rows.toLocaleString("en")} ${progress.rows === 1 ? "row" : "rows"}`;
  const isGoing = progress.state === "going";
  const said = {
    idle: "",
    going: `${rows} so far…`,
    done: `${rows} exported.`,
    failed: "message" in progress ? progress.message : "",
  }[progress.state];
  return (
    <div className={classes.export}>
      <span role="status" className={classes.said} data-failed={progress.state === "failed" || undefined}>
        {said}
      </span>
      <Button
        size="xs"
        variant="default"
        leftSection={isGoing ? undefined : <IconDownload size={14} stroke={1.75} aria-hidden />}
        onClick={isGoing ? stop : start}
      >
        {isGoing ? "Stop" : "Export CSV"}
      </Button>
    </div>
  );
}
