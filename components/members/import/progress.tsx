import classes from "./progress.module.css";

/** How much is done, as a bar and in words. */
export function Progress({ label, share }: { label: string; share: number }) {
  const percent = Math.floor(share * 100);
  return (
    <div className={classes.progress}>
      <p className={classes.words}>
        <span>{label}</span> <span className={classes.percent}>{percent} %</span>
      </p>
      <progress className={classes.bar} max={100} value={percent} aria-label={label} />
    </div>
  );
}
