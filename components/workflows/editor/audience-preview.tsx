import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { AudiencePreview as Preview } from "#engine/editing/preview-audience";
import { fetchJson } from "../../fetch-json.ts";
import classes from "./audience-preview.module.css";
import type { Entry } from "./draft.ts";
import { useEditor } from "./editor-context.ts";

type Props = { workflowId: number; trigger: Entry };

const verdicts = {
  free: "would start",
  answered: "answered already",
  baseline: "left alone since it was switched on",
  cooldown: "on cooldown",
};

/** A count is not asked for at each key. */
const restMs = 300;

/** Whom the trigger would reach today, as it is typed. */
export function AudiencePreview({ workflowId, trigger }: Props) {
  const { problems } = useEditor();
  const [asked] = useDebouncedValue(trigger, restMs);
  const isSound = !problems.get("trigger")?.length && trigger.type !== "";
  const { data, error, isFetching } = useQuery({
    queryKey: ["audience", workflowId, asked],
    queryFn: ({ signal }) =>
      fetchJson<Preview>("/api/workflows/audience", {
        method: "POST",
        signal,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ workflowId, trigger: asked }),
      }),
    enabled: isSound,
    retry: false,
    placeholderData: (previous) => previous,
  });
  if (!isSound) {
    return null;
  }
  if (error) {
    return <p className={classes.error}>{error.message}</p>;
  }
  if (data?.isManual) {
    return <p className={classes.hint}>Nobody starts by themselves: members are enrolled by hand.</p>;
  }
  return (
    <section className={classes.audience} aria-label="Who matches now" aria-busy={isFetching}>
      <p className={classes.count} role="status">
        <strong>{data ? data.matching.toLocaleString("en") : "…"}</strong>{" "}
        {data?.matching === 1 ? "member matches today" : "members match today"}
      </p>
      {data && data.matching > 0 ? (
        <>
          <p className={classes.hint}>{describeParts(data)}</p>
          <Sample members={data.sample} />
        </>
      ) : null}
    </section>
  );
}

/** Some of them, each with what the trigger knows of them. */
function Sample({ members }: { members: Preview["sample"] }) {
  return (
    <table className={classes.sample}>
      <thead>
        <tr>
          <th scope="col">Member</th>
          {members[0]?.why.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {members.map(({ memberId, name, why, verdict }) => (
          <tr key={memberId}>
            <th scope="row">
              {name}
              {verdict === "free" ? null : <span className={classes.hint}>{verdicts[verdict]}</span>}
            </th>
            {why.map(({ label, value }) => (
              <td key={label} data-short={value.length < 16 || undefined}>
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describeParts({ free, alreadyAnswered, baseline, onCooldown }: Preview): string {
  const parts = [
    [free, "would start"],
    [onCooldown, "on cooldown"],
    [alreadyAnswered, "answered already"],
    [baseline, "left alone since it was switched on"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count.toLocaleString("en")} ${words}`)
    .join(" · ");
}
