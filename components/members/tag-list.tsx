import classes from "./tag-list.module.css";

export function TagList({ tags }: { tags: string[] }) {
  return tags.length === 0 ? (
    <p className={classes.none}>None</p>
  ) : (
    <ul className={classes.tags}>
      {tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  );
}
