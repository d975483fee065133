import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import { style } from "./brand.ts";
import { digestCopy } from "./digest-copy.ts";
import Layout, { type LayoutProps } from "./layout.tsx";

/** One thing to know: what or who, and below it the rest, what is late first. */
export type DigestRow = { title: string; late: string | null; details: string[] };

/** `more`: that there are others, which are not listed. */
export type DigestList = { title: string; rows: DigestRow[]; more: string | null };

export type TaskDigestProps = Pick<LayoutProps, "language" | "gym" | "homeUrl" | "preview"> & {
  /** The page on which its reader turns it off. */
  accountUrl: string;
  greeting: string;
  day: string;
  lists: DigestList[];
};

/** What somebody of the staff should know this morning. */
export default function TaskDigest({ greeting, day, lists, accountUrl, ...layout }: TaskDigestProps) {
  const copy = digestCopy[layout.language];
  return (
    <Layout
      {...layout}
      reason={copy.reason(layout.gym.name)}
      unsubscribeUrl={accountUrl}
      unsubscribeLabel={copy.turnOff}
    >
      <h1 style={style.title}>{greeting}</h1>
      <Text className="quiet" style={style.date}>
        {day}
      </Text>
      {lists.map((list) => (
        <List key={list.title} {...list} />
      ))}
    </Layout>
  );
}

function List({ title, rows, more }: DigestList) {
  return (
    <>
      <h2 style={style.listTitle}>{title}</h2>
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, and two rows may say the same
        <Section key={place} className="row" style={style.row}>
          <Row {...row} />
        </Section>
      ))}
      {more && (
        <Section className="row" style={style.row}>
          <Text className="quiet" style={style.rowDetail}>
            {more}
          </Text>
        </Section>
      )}
    </>
  );
}

function Row({ title, late, details }: DigestRow) {
  return (
    <>
      <Text style={style.rowTitle}>{title}</Text>
      <Text className="quiet" style={style.rowDetail}>
        {late && (
          <span className="late" style={style.late}>
            {late}
          </span>
        )}
        {(late ? ["", ...details] : details).join(" · ")}
      </Text>
    </>
  );
}
