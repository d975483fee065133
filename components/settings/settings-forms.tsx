"use client";

import { useState } from "react";
import { LeaveGuard } from "../ui/leave-guard.tsx";
import { ToastProvider } from "../ui/toast.tsx";
import { SettingsForm } from "./settings-form.tsx";
import type { SaveSettings, SettingsFacts, SettingsFormData } from "./settings-form-data.ts";
import classes from "./settings-forms.module.css";

type Props = { forms: SettingsFormData[]; facts: SettingsFacts; save: SaveSettings };

/** Groups of settings, each with a form of its own that is saved by itself. */
export function SettingsForms({ forms, facts, save }: Props) {
  const [unsaved, setUnsaved] = useState<ReadonlySet<string>>(new Set());
  return (
    <ToastProvider closeLabel="Close">
      <LeaveGuard isDirty={unsaved.size > 0}>What you changed here is not saved.</LeaveGuard>
      <div className={classes.forms}>
        {forms.map((form) => (
          <SettingsForm
            key={form.group}
            form={form}
            facts={facts}
            save={save}
            onDirty={(isDirty) =>
              setUnsaved((known) => {
                const others = new Set([...known].filter((group) => group !== form.group));
                return isDirty ? others.add(form.group) : others;
              })
            }
          />
        ))}
      </div>
    </ToastProvider>
  );
}
