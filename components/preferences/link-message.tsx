import type { Language } from "#lib/member-texts";
import { LinkFrame } from "./link-frame.tsx";

type Props = { language: Language; gymName: string; title: string; text: string };

/** For a link that leads nowhere: it says so, and nothing about anybody. */
export function LinkMessage({ title, text, ...frame }: Props) {
  return (
    <LinkFrame {...frame}>
      <h1>{title}</h1>
      <p>{text}</p>
    </LinkFrame>
  );
}
