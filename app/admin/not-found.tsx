import { MessagePage } from "#components/ui/message-page";
import { PlainLinkButton } from "#components/ui/plain-button";

export default function AdminNotFound() {
  return (
    <MessagePage
      isInside
      title="There is nothing here"
      text="The address may be misspelt, or what it led to is gone, or it is not for your role."
    >
      <PlainLinkButton href="/admin/workflows">To the workflows</PlainLinkButton>
    </MessagePage>
  );
}
