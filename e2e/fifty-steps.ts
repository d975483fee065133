import { query } from "./template-pages.ts";

const steps = 50;

/** The address of a draft that nobody switches on: four branches among waits and tags. The one of a first try gives way. */
export async function storeFiftySteps(): Promise<string> {
  let id = 0;
  const tag = () => ({ id: ++id, action: { type: "add_tag", params: { tag: `tag-${id}` } } });
  const wait = () => ({ id: ++id, wait: { days: 1 } });
  const branch = () => {
    const condition = { type: "has_tag", params: { tag: "vip" } };
    const own = ++id;
    return { id: own, branch: { if: condition, then: [tag(), wait(), tag()], else: [tag(), tag()] } };
  };
  const list = [];
  for (let index = 0; id < steps; index++) {
    list.push(index % 6 === 4 && id <= steps - 6 ? branch() : index % 2 === 0 ? tag() : wait());
  }
  const draft = {
    name: "Fifty steps",
    description: "",
    cooldownPeriodDays: 7,
    trigger: { type: "birthday", params: {} },
    steps: list,
    context: {},
    exitWhen: [],
  };
  await query("update automation_workflows set archived_at = now() where name = 'Fifty steps' and archived_at is null");
  const [row] = await query<{ id: string }>(
    "insert into automation_workflows (name, trigger, steps, draft) values ('Fifty steps', '{}', '[]', $1) returning id",
    [JSON.stringify(draft)],
  );
  return `/admin/workflows/${row?.id}`;
}
