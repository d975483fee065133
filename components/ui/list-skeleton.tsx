import { Skeleton } from "@mantine/core";
import listed from "./listed.module.css";

const rows = Array.from({ length: 6 }, (_, index) => `row-${index}`);

/** Stands where a list will be; `className` says how high its rows are. */
export function ListSkeleton({ className }: { className: string | undefined }) {
  return (
    <ul className={listed.list} aria-hidden>
      {rows.map((row) => (
        <li key={row} className={className}>
          <Skeleton height={16} width="30%" />
          <Skeleton height={14} width="45%" />
          <Skeleton height={12} width="25%" />
        </li>
      ))}
    </ul>
  );
}
