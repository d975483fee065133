import type { Route } from "next";
import Link from "next/link";
import { memberAddress } from "../members/member-address.ts";
import classes from "./dashboard.module.css";
import type { MemberGroupData } from "./dashboard-data.ts";

/** How many members are in a state, and the first of them. */
export function MemberGroup({ id, title, total, empty, members, href }: MemberGroupData) {
  return (
    <section aria-labelledby={id} className={classes.group}>
      <h2 id={id}>{title}</h2>
      <p className={classes.total}>{total.toLocaleString("en")}</p>
      {members.length === 0 ? (
        <p className={classes.second}>{empty}</p>
      ) : (
        <ul className={classes.members}>
          {members.map((member) => (
            <li key={member.id}>
              <Link href={memberAddress(member.id)} prefetch={false}>
                {member.name}
              </Link>
              <span className={classes.second}>{member.note}</span>
            </li>
          ))}
        </ul>
      )}
      {href && total > members.length ? (
        <Link href={href as Route} prefetch={false} className={classes.all}>
          All {total.toLocaleString("en")}
          <span className={classes.spoken}>: {title}</span>
        </Link>
      ) : null}
    </section>
  );
}
