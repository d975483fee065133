import { Menu, type MenuProps } from "@mantine/core";
import { cloneElement, type ReactNode, useEffect, useRef, useState } from "react";
import type { MenuTarget } from "./late-menu.tsx";

type Props = Pick<MenuProps, "position" | "width"> & { target: MenuTarget; children: ReactNode };

/** A menu that is made because somebody wants to see it. */
export function OpenedMenu({ target, children, ...props }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    // The one that was pressed is gone; to this one the focus comes back.
    button.current?.focus();
    setOpen(true);
  }, []);

  return (
    <Menu opened={isOpen} onChange={setOpen} shadow="md" withinPortal {...props}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
