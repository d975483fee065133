"use client";

import { IconX } from "@tabler/icons-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { IconButton, PlainButton } from "./plain-button.tsx";
import classes from "./toast.module.css";

type Toast = { message: string; isError?: boolean; action?: { label: string; run: () => void } };

const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says something at the foot of the page, one thing at a time, and offers to undo it. */
export const useToast = () => useContext(ToastContext);

/** Long enough to read, decide and reach it by keyboard. */
const shownMs = 8_000;

export function ToastProvider({ closeLabel, children }: { closeLabel: string; children: ReactNode }) {
  const [toast, setToast] = useState<(Toast & { id: number }) | null>(null);
  const nextId = useRef(0);
  const show = useCallback((next: Toast) => setToast({ ...next, id: nextId.current++ }), []);
  const hide = useCallback(() => setToast(null), []);
  return (
    <ToastContext value={show}>
      {children}
      <div className={classes.region} role="status">
        {toast ? <ToastCard key={toast.id} toast={toast} closeLabel={closeLabel} hide={hide} /> : null}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, closeLabel, hide }: { toast: Toast; closeLabel: string; hide: () => void }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(hide, shownMs);
    return () => clearTimeout(timer);
  }, [isHeld, hide]);
  const { message, isError, action } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: these only stop the clock while somebody is there
    <div
      className={classes.toast}
      data-error={isError || undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      <span className={classes.message}>{message}</span>
      {action ? (
        <PlainButton
          look="quiet"
          isSmall
          className={classes.action}
          onClick={() => {
            hide();
            action.run();
          }}
        >
          {action.label}
        </PlainButton>
      ) : null}
      <IconButton label={closeLabel} className={classes.close} onClick={hide}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
