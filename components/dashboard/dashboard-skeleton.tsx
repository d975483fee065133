import { Skeleton } from "@mantine/core";

/** About as high as what takes its place. */
export const DashboardSkeleton = ({ waiting, height }: { waiting: string; height: string }) => (
  <Skeleton height={height} role="status" aria-label={waiting} />
);
