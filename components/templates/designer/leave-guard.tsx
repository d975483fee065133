import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import classes from "../../ui/dialog.module.css";

/** Asks before somebody leaves what is not saved; the browser asks where it alone can. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!isDirty) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (link instanceof HTMLAnchorElement && isPlain && !link.target && link.origin === location.origin) {
        event.preventDefault();
        event.stopPropagation();
        setTarget(link.pathname + link.search + link.hash);
      }
    };
    addEventListener("beforeunload", warn);
    // Before the links of the framework hear of it.
    document.addEventListener("click", ask, { capture: true });
    return () => {
      removeEventListener("beforeunload", warn);
      document.removeEventListener("click", ask, { capture: true });
    };
  }, [isDirty]);

  const stay = () => setTarget(null);
  return (
    <Modal opened={target !== null} onClose={stay} title="Leave without saving?">
      <p className={classes.text}>
        What you changed is not sent to anybody yet. It stays in this browser until you come back.
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => router.push(target as "/admin/templates")}>
          Leave
        </Button>
        <Button onClick={stay} data-autofocus>
          Stay
        </Button>
      </div>
    </Modal>
  );
}
