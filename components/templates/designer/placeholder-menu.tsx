import { ActionIcon, Menu } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { Fragment, useRef } from "react";
import type { NameGroup } from "./designer-data.ts";
import classes from "./placeholder-menu.module.css";

type Props = { label: string; offered: NameGroup[]; insert: (source: string) => void; disabled?: boolean };

/** What can be filled in, each with what it says of somebody. Only names that exist. */
export function PlaceholderMenu({ label, offered, insert, disabled }: Props) {
  const chosen = useRef<string | null>(null);

  /** Once the menu is gone: it would take the focus back. */
  function insertChosen() {
    if (chosen.current !== null) {
      insert(chosen.current);
      chosen.current = null;
    }
  }

  return (
    <Menu
      position="bottom-end"
      width={320}
      shadow="md"
      returnFocus={false}
      // It scrolls, and whoever has a keyboard alone must be able to.
      menuItemTabIndex={0}
      onExitTransitionEnd={insertChosen}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={disabled}>
          <IconBraces size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        {offered.map(({ from, placeholders }) => (
          <Fragment key={from}>
            <Menu.Label>{from}</Menu.Label>
            {placeholders.map(({ name, label: words, sample }) => (
              <Menu.Item
                key={name}
                onClick={() => {
                  chosen.current = `{{ ${name} }}`;
                }}
              >
                <span className={classes.label}>{words}</span>
                <span className={classes.sample}>{sample}</span>
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
