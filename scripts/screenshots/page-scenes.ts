import { at, type Scene } from "./scene.ts";

export const pageScenes: Scene[] = [
  at("dashboard", "/admin"),
  at("workflows", "/admin/workflows"),
  at("workflows-none", "/admin/workflows?text=nothing+of+that+name"),
  {
    name: "workflows-switch-on",
    async show(page) {
      await page.goto("/admin/workflows");
      await page.getByRole("article", { name: "Birthday" }).getByRole("switch").press("Space");
      await page.getByText(/members? match(es)? now/).waitFor();
    },
  },
  at("gallery", "/admin/workflows/new"),
  at("account", "/admin/account"),
  at("settings-gym", "/admin/settings"),
  at("settings-automation", "/admin/settings/automation"),
  at("settings-sending", "/admin/settings/sending"),
  at("settings-staff", "/admin/settings/staff"),
  at("settings-audit", "/admin/settings/audit"),
  at("settings-audit-none", "/admin/settings/audit?to=2020-01-01"),
  {
    name: "settings-refused",
    async show(page) {
      await page.goto("/admin/settings/sending");
      const caps = page.getByRole("form", { name: "How often members hear from you" });
      await caps.getByRole("textbox", { name: "Per member and day" }).fill("many");
      await caps.getByRole("button", { name: "Save" }).click();
      await caps.getByText("A whole number").waitFor();
    },
  },
  at("members", "/admin/members"),
  at("members-none", "/admin/members?q=nobody+of+that+name"),
  at("member", "/admin/members/8"),
  at("member-why", "/admin/members/8?why=4"),
  {
    name: "member-erase",
    async show(page) {
      await page.goto("/admin/members/8");
      await page.getByRole("button", { name: "Erase" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
];

export const strangerScenes: Scene[] = [at("sign-in", "/sign-in"), at("sign-in-link-sent", "/sign-in/link-sent")];

export const memberScenes: Scene[] = [
  at("notifications", "/me/notifications"),
  at("preferences", "/me/preferences"),
  at("password", "/account/password"),
];
