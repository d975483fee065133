import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { getViewer, type Role, type Viewer } from "./session.ts";

/** Who looks at this page. Signed out: to the sign-in page and back again; the wrong role: the page says so (403). */
export async function requireViewer(roles: Role[]): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) {
    const path = (await headers()).get("x-path");
    redirect(path && path !== "/" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
  }
  if (!roles.includes(viewer.role)) {
    forbidden();
  }
  return viewer;
}

/** Marks a page that anybody may open. `reason` says why that is right. */
export function definePublicPage<Props>(
  _reason: string,
  page: (props: Props) => React.ReactNode | Promise<React.ReactNode>,
) {
  return page;
}
