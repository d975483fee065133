import type { Route } from "next";

export const editorAddress = (workflowId: number) => `/admin/workflows/${workflowId}` as Route;
