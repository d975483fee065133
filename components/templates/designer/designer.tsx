"use client";

import { LeaveGuard } from "../../ui/leave-guard.tsx";
import { ToastProvider } from "../../ui/toast.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import classes from "./designer.module.css";
import type { DesignerActions, DesignerData } from "./designer-data.ts";
import { DesignerHeader } from "./designer-header.tsx";
import { LanguageTabs } from "./language-tabs.tsx";
import { PreviewPane } from "./preview-pane.tsx";
import { SettingsFields } from "./settings-fields.tsx";
import { useDesigner } from "./use-designer.ts";
import { useSaveKey } from "./use-save-key.ts";

type Props = {
  data: DesignerData;
  /** Null for those who may only look. */
  actions: DesignerActions | null;
};

/** A template's texts beside what becomes of them. */
export function Designer(props: Props) {
  return (
    <ToastProvider closeLabel="Close">
      <Loaded {...props} />
    </ToastProvider>
  );
}

function Loaded({ data, actions }: Props) {
  const designer = useDesigner(data, actions);
  useSaveKey(() => designer.isDirty && designer.save());
  return (
    <>
      <DesignerHeader designer={designer} />
      {designer.conflict ? <ConflictNotice designer={designer} conflict={designer.conflict} /> : null}
      <div className={classes.columns}>
        <LanguageTabs designer={designer} />
        {actions ? <PreviewPane designer={designer} /> : null}
        <SettingsFields designer={designer} />
      </div>
      <LeaveGuard isDirty={designer.isDirty}>
        What you changed is not sent to anybody yet. It stays in this browser until you come back.
      </LeaveGuard>
    </>
  );
}
