"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { MemberTexts } from "#lib/member-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import classes from "./notification-list.module.css";

type Props = {
  hasMore: boolean;
  isLoading: boolean;
  hasFailed: boolean;
  /** Worth saying that this is the end. */
  isLong: boolean;
  load: () => void;
  texts: MemberTexts;
};

/** Loads older ones shortly before one scrolls to them; the button is for everybody else. */
export function OlderNotifications({ hasMore, isLoading, hasFailed, isLong, load, texts }: Props) {
  const foot = useRef<HTMLDivElement>(null);
  const reach = useEffectEvent(() => {
    if (hasMore && !isLoading && !hasFailed) {
      load();
    }
  });
  useEffect(() => {
    if (!foot.current) {
      return;
    }
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && reach(), {
      rootMargin: "600px",
    });
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={foot} className={classes.older}>
      {hasMore ? (
        <PlainButton look="outlined" disabled={isLoading} onClick={load}>
          {isLoading ? texts.loadingOlder : hasFailed ? texts.retry : texts.older}
        </PlainButton>
      ) : null}
      {!hasMore && isLong ? texts.noMore : null}
    </div>
  );
}
