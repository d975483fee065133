import { Menu } from "@mantine/core";
import { IconArrowsSplit2, IconClock, IconPlus } from "@tabler/icons-react";
import { LateMenu } from "../../ui/late-menu.tsx";
import { OpenedMenu } from "../../ui/opened-menu.tsx";
import { beginEntry } from "./begin-entry.ts";
import type { Slot } from "./edit-steps.ts";
import { useTools } from "./editor-context.ts";
import type { NewStep } from "./editor-state.ts";
import classes from "./slot-card.module.css";
import { iconOf } from "./step-icon.tsx";

type Props = { slot: Slot; caption: "yes" | "no" | null };

const where = { yes: "Add a step under Yes", no: "Add a step under No" };

export const AddStepMenu = ({ slot, caption }: Props) => (
  <LateMenu
    target={
      <button
        type="button"
        className={`${classes.add} nodrag nopan`}
        aria-label={caption ? where[caption] : "Add a step here"}
      >
        <IconPlus size={14} stroke={2} aria-hidden />
      </button>
    }
    menu={(target) => (
      <OpenedMenu target={target} width={260}>
        <Items slot={slot} />
      </OpenedMenu>
    )}
  />
);

function Items({ slot }: Pick<Props, "slot">) {
  const { send, vocabulary } = useTools();
  const { actions, conditions } = vocabulary.forms;
  const [first] = conditions;
  const add = (step: NewStep) => send({ do: "insert", slot, step });
  return (
    <>
      <Menu.Label>Do something</Menu.Label>
      {actions.map((form) => {
        const Icon = iconOf(form);
        return (
          <Menu.Item
            key={form.type}
            leftSection={<Icon size={16} stroke={1.75} />}
            onClick={() => add({ action: beginEntry(form) })}
          >
            {form.label}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
      <Menu.Item leftSection={<IconClock size={16} stroke={1.75} />} onClick={() => add({ wait: { days: 3 } })}>
        Wait
      </Menu.Item>
      {first ? (
        <Menu.Item
          leftSection={<IconArrowsSplit2 size={16} stroke={1.75} />}
          onClick={() => add({ branch: { if: beginEntry(first), then: [], else: [] } })}
        >
          Decide
        </Menu.Item>
      ) : null}
    </>
  );
}
