import { EmptyState } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { PlainLinkButton } from "../ui/plain-button.tsx";
import { Tone } from "../ui/tone.tsx";
import { importsAddress } from "./import/import-address.ts";
import { memberAddress } from "./member-address.ts";
import classes from "./member-list.module.css";
import type { MemberRow } from "./member-row.ts";

type Props = {
  rows: MemberRow[];
  isFiltered: boolean;
  /** Addresses of the pages beside this one. */
  previous: string | null;
  next: string | null;
};

export function MemberList({ rows, isFiltered, previous, next }: Props) {
  if (rows.length === 0) {
    return (
      <EmptyState
        py="xl"
        icon={<IconUsers size={28} stroke={1.5} />}
        title={isFiltered ? "Nobody fits" : "No members yet"}
        description={
          isFiltered
            ? "Search for something else, or take a filter off."
            : "Bring them in from your gym's software, as a CSV file."
        }
      >
        {isFiltered ? null : <PlainLinkButton href={importsAddress}>Import members</PlainLinkButton>}
      </EmptyState>
    );
  }
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.spoken}>Members by name</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col" className={classes.state}>
              State
            </th>
            <th scope="col" className={classes.medium}>
              Level
            </th>
            <th scope="col" className={classes.trainer}>
              Trainer
            </th>
            <th scope="col" className={classes.medium}>
              Last visit
            </th>
            <th scope="col" className={classes.medium}>
              Risk
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {previous || next ? (
        <nav aria-label="Pages" className={classes.pages}>
          {previous ? (
            <PlainLinkButton look="outlined" href={previous} rel="prev">
              Previous
            </PlainLinkButton>
          ) : null}
          {next ? (
            <PlainLinkButton look="outlined" href={next} rel="next">
              Next
            </PlainLinkButton>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

function Row({ row }: { row: MemberRow }) {
  return (
    <tr>
      <td className={classes.member}>
        <Link href={memberAddress(row.id)} prefetch={false} className={classes.name}>
          {row.name}
        </Link>
        {row.contact ? <span className={classes.second}>{row.contact}</span> : null}
        {row.tags.length > 0 ? (
          <ul className={classes.tags} aria-label="Tags">
            {row.tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        ) : null}
      </td>
      <td className={classes.stateCell}>
        <Tone tone={row.stateTone}>{row.state}</Tone>
        {row.stateNote ? <span className={classes.second}>{row.stateNote}</span> : null}
      </td>
      <td className={row.level ? undefined : classes.empty}>
        <Label>Level</Label>
        {row.level ?? "–"}
      </td>
      <td className={row.trainer ? undefined : classes.empty}>
        <Label>Trainer</Label>
        {row.trainer ?? "–"}
      </td>
      <td>
        <Label>Last visit</Label>
        {row.lastVisit}
      </td>
      <td className={row.risk ? undefined : classes.empty}>
        <Label>Risk</Label>
        {row.risk ? <Tone tone={row.risk.tone}>{row.risk.name}</Tone> : "–"}
      </td>
    </tr>
  );
}

/** What the column says, on a phone, where there are no columns. */
const Label = ({ children }: { children: string }) => (
  <span className={classes.label} aria-hidden>
    {children}{" "}
  </span>
);
