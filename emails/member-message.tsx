import { Button } from "@react-email/button";
import { Section } from "@react-email/section";
import type { ReactNode } from "react";
import { style } from "./brand.ts";
import { layoutCopy } from "./copy.ts";
import Layout, { type LayoutProps } from "./layout.tsx";

export type MemberMessageProps = Omit<LayoutProps, "children" | "reason" | "unsubscribeLabel"> & {
  /** Stands where the body goes: what the gym wrote, as HTML, is put in its place. */
  body: ReactNode;
  /** The button below the body, with what marks its beginning and its end: a member may have no link. */
  action?: { url: string; begin?: string; end?: string };
};

/** Wraps what the gym wrote to a member. */
export default function MemberMessage({ body, action, ...layout }: MemberMessageProps) {
  return (
    <Layout {...layout}>
      <div>{body}</div>
      {action && (
        <>
          {action.begin}
          <Section style={{ padding: "8px 0 12px" }}>
            <Button className="button" href={action.url} style={style.button}>
              {layoutCopy[layout.language].open(layout.gym.name)}
            </Button>
          </Section>
          {action.end}
        </>
      )}
    </Layout>
  );
}
