import { ListSkeleton } from "../ui/list-skeleton.tsx";
import classes from "./workflow-list-skeleton.module.css";

export const WorkflowListSkeleton = () => <ListSkeleton className={classes.row} />;
