import { ListSkeleton } from "../ui/list-skeleton.tsx";
import classes from "./template-list.module.css";

export const TemplateListSkeleton = () => <ListSkeleton className={classes.ghost} />;
