import classes from "./erased-note.module.css";

/** Said in the list after somebody was erased. */
export const ErasedNote = ({ memberId }: { memberId: number }) => (
  <p role="status" className={classes.note}>
    Member {memberId} is erased: nothing says any more who they were. The audit log keeps that, and by whom it was done.
  </p>
);
