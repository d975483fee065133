import { useQuery } from "@tanstack/react-query";
import type { WorkflowNumbers } from "#engine/editing/step-numbers";
import { fetchJson } from "../../fetch-json.ts";
import type { StepNumbers } from "./step-numbers.ts";

const none: Record<number, StepNumbers> = {};

/** What became of each step lately. It comes after the page: a year's outcomes take longer to count than an editor to open. */
export function useStepNumbers(workflowId: number, isPublished: boolean) {
  const { data, isError } = useQuery({
    queryKey: ["step numbers", workflowId],
    queryFn: ({ signal }) => fetchJson<WorkflowNumbers>(`/api/workflows/${workflowId}/numbers`, { signal }),
    // Of a draft that never was live nobody has been through any step.
    enabled: isPublished,
  });
  return { numbers: data?.steps ?? none, areMissing: isError };
}
