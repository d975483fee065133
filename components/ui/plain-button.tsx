import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import classes from "./plain-button.module.css";

type Look = {
  /** Filled asks to be pressed, outlined offers, quiet is there if one looks for it. */
  look?: "filled" | "outlined" | "quiet";
  isSmall?: boolean;
};

/**
 * Looks like Mantine's button without its 10 kB of code, for what every page brings along and for the member's pages,
 * which have a budget.
 */
export function PlainButton({ look = "filled", isSmall, className, ...props }: Look & ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...props}
      className={`${classes.button} ${className ?? ""}`}
      data-look={look}
      data-small={isSmall || undefined}
    />
  );
}

export function PlainLinkButton({ look = "filled", ...props }: Look & ComponentProps<"a">) {
  return <a {...props} className={classes.button} data-look={look} />;
}

/** Does something, in the middle of a sentence. */
export const WordButton = (props: Omit<ComponentProps<"button">, "className">) => (
  <button type="button" {...props} className={classes.words} />
);

type Unnamed<Props> = Omit<Props, "aria-label">;

type IconLabel = {
  /** What it does, for those who cannot see the icon, and for those who wonder. */
  label: string;
  /** What the label says beyond the hint: which of many rows it is about. */
  about?: string;
  children: ReactNode;
};

export function IconLink({ label, about, className, ...props }: Unnamed<ComponentProps<typeof Link>> & IconLabel) {
  return (
    <Link
      aria-label={about ? `${label}: ${about}` : label}
      title={label}
      {...props}
      className={`${classes.icon} ${className ?? ""}`}
    />
  );
}

export function IconButton({ label, about, className, ...props }: Unnamed<ComponentProps<"button">> & IconLabel) {
  return (
    <button
      type="button"
      aria-label={about ? `${label}: ${about}` : label}
      title={label}
      {...props}
      className={`${classes.icon} ${className ?? ""}`}
    />
  );
}
