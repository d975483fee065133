import { Menu } from "@mantine/core";
import { IconArrowsMove, IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { LateMenu } from "../../ui/late-menu.tsx";
import { OpenedMenu } from "../../ui/opened-menu.tsx";
import { IconButton } from "../../ui/plain-button.tsx";
import { useTools } from "./editor-context.ts";
import classes from "./step-menu.module.css";

type Props = { id: number; title: string };

export const StepMenu = ({ id, title }: Props) => (
  <LateMenu
    target={
      <IconButton label="More" about={title} className={`${classes.more} nodrag nopan`}>
        <IconDots size={16} stroke={1.75} aria-hidden />
      </IconButton>
    }
    menu={(target) => (
      <OpenedMenu target={target} position="bottom-end">
        <Items id={id} />
      </OpenedMenu>
    )}
  />
);

function Items({ id }: { id: number }) {
  const { send } = useTools();
  return (
    <>
      <Menu.Item leftSection={<IconArrowsMove size={15} stroke={1.75} />} onClick={() => send({ do: "pick up", id })}>
        Move…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={15} stroke={1.75} />}
        rightSection={<kbd className={classes.key}>D</kbd>}
        onClick={() => send({ do: "duplicate", id })}
      >
        Duplicate
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={15} stroke={1.75} />}
        rightSection={<kbd className={classes.key}>Del</kbd>}
        onClick={() => send({ do: "remove", id })}
      >
        Delete
      </Menu.Item>
    </>
  );
}
