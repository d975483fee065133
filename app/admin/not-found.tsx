import { Button } from "@mantine/core";
import { MessagePage } from "#components/ui/message-page";

export default function AdminNotFound() {
  return (
    <MessagePage
      isInside
      title="There is nothing here"
      text="The address may be misspelt, or what it led to is gone, or it is not for your role."
    >
      <Button component="a" href="/admin/workflows">
        To the workflows
      </Button>
    </MessagePage>
  );
}
