import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./dialog.module.css";
import { Late } from "./late.tsx";

type Props = {
  isDirty: boolean;
  /** Tries to save first; whether it could. Without it, and where it takes too long, somebody is asked. */
  save?: () => Promise<boolean>;
  children: ReactNode;
};

/** For a save on the way out. Who waits longer is asked. */
const patienceMs = 3_000;

/** Asks before somebody leaves what is not saved: by a link or the back button. The browser asks where it alone can. */
export function LeaveGuard({ isDirty, save, children }: Props) {
  const router = useRouter();
  /** The way on that waits for an answer. */
  const [asked, setAsked] = useState<{ leave: () => void } | null>(null);
  const isAllowed = useRef(false);
  const saving = useRef(save);
  useEffect(() => {
    saving.current = save;
  }, [save]);

  useEffect(() => {
    if (!isDirty) {
      return;
    }
    async function ask(leave: () => void) {
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, patienceMs, false));
      const isSaved = saving.current ? await Promise.race([saving.current(), late]) : false;
      if (isSaved) {
        leave();
      } else {
        setAsked({ leave });
      }
    }

    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (link instanceof HTMLAnchorElement && isPlain && !link.target && link.origin === location.origin) {
        event.preventDefault();
        event.stopPropagation();
        const target = link.pathname + link.search + link.hash;
        void ask(() => router.push(target as "/"));
      }
    }

    function onNavigate(event: NavigateEvent) {
      const { key, sameDocument } = event.destination;
      const isBack = event.navigationType === "traverse" && event.cancelable && sameDocument;
      if (isBack && !isAllowed.current) {
        event.preventDefault();
        void ask(() => {
          isAllowed.current = true;
          navigation.traverseTo(key);
        });
      }
    }

    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    // Before the links of the framework hear of it.
    document.addEventListener("click", onClick, { capture: true });
    // A browser without it goes back unasked.
    const { navigation } = window;
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      removeEventListener("beforeunload", warn);
      document.removeEventListener("click", onClick, { capture: true });
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [isDirty, router]);

  const stay = () => setAsked(null);
  return (
    <Late isOpen={asked !== null}>
      <Modal opened={asked !== null} onClose={stay} title="Leave without saving?">
        <p className={classes.text}>{children}</p>
        <div className={classes.buttons}>
          <Button
            variant="default"
            onClick={() => {
              stay();
              asked?.leave();
            }}
          >
            Leave
          </Button>
          <Button onClick={stay} data-autofocus>
            Stay
          </Button>
        </div>
      </Modal>
    </Late>
  );
}
