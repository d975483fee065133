import { MessagePage } from "./message-page.tsx";
import { PlainLinkButton } from "./plain-button.tsx";

/** What somebody sees of a page of another role. */
export function ForbiddenMessage() {
  return (
    <MessagePage
      title="This page is not for your account"
      text="You are signed in, but this page belongs to another role. Ask an admin of your gym if you need it."
    >
      <PlainLinkButton href="/">To your own page</PlainLinkButton>
    </MessagePage>
  );
}
