import { IconArrowLeft } from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import classes from "./back-link.module.css";

/** The way to the list that a page belongs to. */
export function BackLink({ href, children }: { href: Route; children: string }) {
  return (
    <Link className={classes.back} href={href}>
      <IconArrowLeft size={16} stroke={1.75} aria-hidden />
      {children}
    </Link>
  );
}
