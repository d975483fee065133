import { Menu } from "@mantine/core";
import { IconArrowsSplit2, IconClock, IconPlus } from "@tabler/icons-react";
import type { DefinitionForm } from "#engine/forms";
import { beginEntry } from "./begin-entry.ts";
import type { Slot } from "./edit-steps.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./slot-node.module.css";
import { iconOf } from "./step-icon.tsx";

type Props = { slot: Slot; caption: "yes" | "no" | null };

const where = { yes: "Add a step under Yes", no: "Add a step under No" };

export function AddStepMenu({ slot, caption }: Props) {
  const { send, vocabulary } = useEditor();
  const { actions, conditions } = vocabulary.forms;
  const [first] = conditions;
  const addAction = (form: DefinitionForm) => send({ do: "insert", slot, step: { action: beginEntry(form) } });
  return (
    <Menu shadow="md" width={260} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`${classes.add} nodrag nopan`}
          aria-label={caption ? where[caption] : "Add a step here"}
        >
          <IconPlus size={14} stroke={2} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Do something</Menu.Label>
        {actions.map((form) => {
          const Icon = iconOf(form);
          return (
            <Menu.Item key={form.type} leftSection={<Icon size={16} stroke={1.75} />} onClick={() => addAction(form)}>
              {form.label}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconClock size={16} stroke={1.75} />}
          onClick={() => send({ do: "insert", slot, step: { wait: { days: 3 } } })}
        >
          Wait
        </Menu.Item>
        {first ? (
          <Menu.Item
            leftSection={<IconArrowsSplit2 size={16} stroke={1.75} />}
            onClick={() =>
              send({ do: "insert", slot, step: { branch: { if: beginEntry(first), then: [], else: [] } } })
            }
          >
            Decide
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
