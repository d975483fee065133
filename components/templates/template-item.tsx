"use client";

import { IconArchive, IconArchiveOff, IconCheck, IconCircleDashed, IconCopy, IconMinus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { channelNames, languageNames } from "#lib/template-texts";
import { IconButton, IconLink } from "../ui/plain-button.tsx";
import { Spoken } from "../ui/spoken.tsx";
import { editorAddress } from "../workflows/editor-address.ts";
import classes from "./template-item.module.css";
import type { TemplateListActions, TemplateRow } from "./template-row.ts";
import { useArchiving } from "./use-archiving.ts";

/** Asked for by few, and as large as the rest of the list. */
const ArchiveDialog = dynamic(() => import("./archive-dialog.tsx").then((loaded) => loaded.ArchiveDialog), {
  ssr: false,
});

type Props = { template: TemplateRow; actions: TemplateListActions | null };

export function TemplateItem({ template, actions }: Props) {
  const { id, name, channel, headline, className, edited, editor, isArchived } = template;
  return (
    <article className={classes.item} aria-labelledby={`template-${id}`}>
      <div className={classes.what}>
        <h2 id={`template-${id}`} className={classes.name}>
          <Link href={`/admin/templates/${id}`}>{name}</Link>
        </h2>
        {headline ? <p className={classes.headline}>{headline}</p> : null}
        <Uses template={template} />
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>Channel</dt>
          <dd>{channelNames[channel]}</dd>
        </div>
        <div>
          <dt>Class</dt>
          <dd>{className}</dd>
        </div>
        <div className={classes.languages}>
          <dt>Languages</dt>
          <dd>
            <Languages languages={template.languages} />
          </dd>
        </div>
        <div>
          <dt>{isArchived ? "Archived" : "Edited"}</dt>
          <dd>
            {edited}
            {editor ? <span className={classes.editor}> by {editor}</span> : null}
          </dd>
        </div>
      </dl>
      {actions ? <Controls template={template} actions={actions} /> : null}
    </article>
  );
}

const states = {
  complete: { Icon: IconCheck, words: "complete" },
  partial: { Icon: IconCircleDashed, words: "partly written" },
  missing: { Icon: IconMinus, words: "not written" },
};

function Languages({ languages }: Pick<TemplateRow, "languages">) {
  return (
    <ul className={classes.codes}>
      {languages.map(({ code, state }) => {
        const { Icon, words } = states[state];
        return (
          <li key={code} data-state={state} title={`${languageNames[code]}: ${words}`}>
            <span aria-hidden>{code}</span>
            <Icon size={13} stroke={2} aria-hidden />
            <Spoken>
              {languageNames[code]} {words}
            </Spoken>
          </li>
        );
      })}
    </ul>
  );
}

function Uses({ template: { uses, isArchived } }: Pick<Props, "template">) {
  if (uses.length === 0) {
    return isArchived ? null : <p className={classes.uses}>Not sent by any workflow</p>;
  }
  return (
    <p className={classes.uses}>
      Sent by{" "}
      {uses.map(({ id, name, isEnabled }, index) => (
        <span key={id}>
          {index > 0 ? ", " : null}
          <Link href={editorAddress(id)}>{name}</Link>
          {isEnabled ? null : " (off)"}
        </span>
      ))}
    </p>
  );
}

function Controls({ template, actions }: { template: TemplateRow; actions: TemplateListActions }) {
  const { archive, unarchive, refusal, forget } = useArchiving(template, actions);
  const { id, name, channel } = template;
  return (
    <div className={classes.controls}>
      <IconLink label="Duplicate" about={name} href={`/admin/templates/new?channel=${channel}&from=${id}`}>
        <IconCopy size={18} stroke={1.75} aria-hidden />
      </IconLink>
      {template.isArchived ? (
        <IconButton label="Bring back" about={name} onClick={unarchive}>
          <IconArchiveOff size={18} stroke={1.75} aria-hidden />
        </IconButton>
      ) : (
        <IconButton label="Archive" about={name} onClick={() => archive()}>
          <IconArchive size={18} stroke={1.75} aria-hidden />
        </IconButton>
      )}
      {refusal === null ? null : (
        <ArchiveDialog name={name} refusal={refusal} close={forget} confirm={() => archive({ isConfirmed: true })} />
      )}
    </div>
  );
}
