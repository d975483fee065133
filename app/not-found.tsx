import { MessagePage } from "#components/ui/message-page";
import { PlainLinkButton } from "#components/ui/plain-button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      text="The address may be misspelt, or what it led to is gone. Go back, or begin again."
    >
      <PlainLinkButton href="/">To the start page</PlainLinkButton>
    </MessagePage>
  );
}
