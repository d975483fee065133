"use client";

import { useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { IconButton } from "../ui/plain-button.tsx";

type Props = { label: string };

/** Light or dark. Follows the device until somebody presses it. */
export function ColorSchemeToggle({ label }: Props) {
  const { setColorScheme } = useMantineColorScheme();
  // Read when pressed: the server does not know the scheme, so nothing that is rendered may depend on it.
  const isDark = () => document.documentElement.dataset.mantineColorScheme === "dark";
  return (
    <IconButton label={label} onClick={() => setColorScheme(isDark() ? "light" : "dark")}>
      <IconMoon className="mantine-dark-hidden" size={18} stroke={1.75} aria-hidden />
      <IconSun className="mantine-light-hidden" size={18} stroke={1.75} aria-hidden />
    </IconButton>
  );
}
