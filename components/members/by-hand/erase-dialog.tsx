import { useRouter } from "next/navigation";
import classes from "./erase-dialog.module.css";
import { FormDialog } from "./form-dialog.tsx";
import type { MemberActions } from "./member-actions.ts";

type Props = { memberId: number; name: string; erase: MemberActions["erase"]; close: () => void };

/** Says what is forgotten and what stays, and asks for the name, since nobody brings it back. */
export function EraseDialog({ memberId, name, erase, close }: Props) {
  const router = useRouter();
  return (
    <FormDialog
      title={`Erase ${name}`}
      intro={<Intro />}
      fields={[{ kind: "line", name: "typed", label: `Type “${name}”, or the email address` }]}
      submitLabel="Erase for good"
      isFinal
      send={({ token, text }) => erase({ memberId, token, typed: text("typed") })}
      onDone={() => router.push(`/admin/members?erased=${memberId}`)}
      close={close}
    />
  );
}

const Intro = () => (
  <div className={classes.intro}>
    <p>
      <strong>Forgotten:</strong> name, address, number, birthday and tags; the text of every message and notification;
      what was said about being written to; the sign-in. Workflows that are going on end, and nothing more is sent.
    </p>
    <p>
      <strong>What stays</strong> names nobody: that there was a visit, a message, credits, an offer or a task. Figures
      and books still add up. An address that bounced or complained stays stopped.
    </p>
    <p>This cannot be undone. What they may ask to be given can be exported before, not after.</p>
  </div>
);
