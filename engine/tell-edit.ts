import type { Clock } from "./define.ts";

/** "Rico Frei changed "Win back" 2 minutes ago." Without a name it was no person, or one who is gone. */
export function tellEdit(
  name: string,
  { editor, editedAt }: { editor: string | null; editedAt: Date },
  clock: Clock,
): string {
  const minutes = Math.max(Math.round((clock.now.getTime() - editedAt.getTime()) / 60_000), 0);
  return `${editor ?? "Somebody"} changed "${name}" ${ago(minutes)}.`;
}

function ago(minutes: number): string {
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 120) {
    return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
