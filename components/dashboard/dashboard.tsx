import type { ReactNode } from "react";
import classes from "./dashboard.module.css";
import type { MemberGroupData } from "./dashboard-data.ts";
import { MemberGroup } from "./member-group.tsx";

export const Dashboard = ({ children }: { children: ReactNode }) => <div className={classes.dashboard}>{children}</div>;

/** Nothing stands there until a worker has counted. */
export const MemberGroups = ({ groups }: { groups: MemberGroupData[] }) =>
  groups.length === 0 ? null : (
    <div className={classes.groups}>
      {groups.map((group) => (
        <MemberGroup key={group.id} {...group} />
      ))}
    </div>
  );
