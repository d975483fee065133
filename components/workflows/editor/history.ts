/** What was, is, and was undone. Changes under one key, such as letters typed into one field, are undone together. */
export type History<State> = { past: State[]; present: State; future: State[]; key: string | null };

const kept = 200;

export const beginHistory = <State>(present: State): History<State> => ({ past: [], present, future: [], key: null });

export function change<State>(history: History<State>, next: State, key: string | null = null): History<State> {
  const { past, present } = history;
  if (next === present) {
    return history;
  }
  const isSameEdit = key !== null && key === history.key;
  return { past: isSameEdit ? past : [...past, present].slice(-kept), present: next, future: [], key };
}

export function undo<State>({ past, present, future, ...history }: History<State>): History<State> {
  const before = past.at(-1);
  return before === undefined
    ? { ...history, past, present, future }
    : { past: past.slice(0, -1), present: before, future: [present, ...future], key: null };
}

export function redo<State>({ past, present, future, ...history }: History<State>): History<State> {
  const [after, ...rest] = future;
  return after === undefined
    ? { ...history, past, present, future }
    : { past: [...past, present], present: after, future: rest, key: null };
}
