import { redirect } from "next/navigation";
import { definePublicPage } from "./_server/page-guard.ts";
import { getViewer } from "./_server/session.ts";
import { homeOf } from "./_shell/home.ts";

export default definePublicPage("It only sends people on to where they belong.", async () => {
  const viewer = await getViewer();
  redirect(viewer ? homeOf(viewer.role) : "/sign-in");
});
