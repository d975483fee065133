import { addressLine, type Language } from "#emails/copy";
import { digestCopy } from "#emails/digest-copy";
import { renderTaskDigest } from "#emails/render";
import type { DigestList, DigestRow } from "#emails/task-digest";
import { oneLine } from "#lib/one-line";
import type { Digest, DueTask, Listed, MemberAtRisk, MemberBirthday } from "#lib/staff-digest";
import { formatDay } from "./format-day.ts";
import type { OwnMailGym } from "./queue-mail.ts";
import { tidyText } from "./values.ts";

/** What a row says at most of a text that has no end. */
const longest = 240;

/** Somebody's digest as a mail, in both of its forms. */
export function writeDigest(
  gym: OwnMailGym,
  language: Language,
  digest: Digest,
  { today, appUrl }: { today: string; appUrl: string },
) {
  const copy = digestCopy[language];
  const lists = listsOf(digest, language, today);
  const greeting = copy.greeting(tidied(digest.firstName));
  const day = formatDay(today, language);
  const accountUrl = `${appUrl}/admin/account`;
  const preview = lists.flatMap(({ rows }) => rows.slice(0, 2).map(({ title }) => title)).join(" · ");
  return {
    subject: copy.subject(lists.map(({ title }) => title).join(", ")),
    html: renderTaskDigest({ language, gym, homeUrl: appUrl, accountUrl, preview, greeting, day, lists }),
    text: [
      `${greeting}\n${day}`,
      ...lists.map(textOf),
      `-- \n${copy.reason(gym.name)}\n${copy.turnOff}: ${accountUrl}\n${addressLine(gym)}\n`,
    ].join("\n\n"),
  };
}

function listsOf({ tasks, atRisk, birthdays }: Digest, language: Language, today: string): DigestList[] {
  const copy = digestCopy[language];
  const nameOf = ({ id, name }: MemberBirthday["member"]) => tidied(name ?? "") || copy.memberNumber(id);

  const taskRow = ({ description, member, dueOn, priority }: DueTask): DigestRow => ({
    title: tidied(description),
    late: dueOn < today ? copy.overdueSince(formatDay(dueOn, language)) : null,
    details: [...(dueOn < today ? [] : [copy.dueToday]), ...(member ? [nameOf(member)] : []), copy.priority[priority]],
  });
  const riskRow = ({ member, score, silence }: MemberAtRisk): DigestRow => ({
    title: nameOf(member),
    late: null,
    details: [
      ...(score ? [copy.risk(Math.round(score.risk_score * 100))] : []),
      ...(silence ? [copy.silentFor(silence.days_inactive)] : []),
      ...(score?.risk_reasons ? [tidied(score.risk_reasons)] : []),
    ],
  });
  const birthdayRow = ({ member, age }: MemberBirthday): DigestRow => ({
    title: nameOf(member),
    late: null,
    details: [copy.turns(age)],
  });

  const list = <Item>(
    title: (count: number) => string,
    { count, items }: Listed<Item>,
    row: (item: Item) => DigestRow,
  ) =>
    count === 0
      ? []
      : [
          {
            title: title(count),
            rows: items.map(row),
            more: count > items.length ? copy.more(count - items.length) : null,
          },
        ];
  return [
    ...list(copy.tasks, tasks, taskRow),
    ...list(copy.atRisk, atRisk, riskRow),
    ...list(copy.birthdays, birthdays, birthdayRow),
  ];
}

const textOf = ({ title, rows, more }: DigestList): string =>
  [
    title,
    ...rows.map(({ title, late, details }) => `- ${title}\n  ${[late, ...details].filter(Boolean).join(" · ")}`),
    more,
  ]
    .filter(Boolean)
    .join("\n");

/** A value on its one line, without what turns it round, and with an end. */
function tidied(text: string): string {
  const signs = [...oneLine(tidyText(text))];
  return signs.length > longest ? `${signs.slice(0, longest - 1).join("")}…` : signs.join("");
}
