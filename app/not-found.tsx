import { Button } from "@mantine/core";
import { MessagePage } from "#components/ui/message-page";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      text="The address may be misspelt, or what it led to is gone. Go back, or begin again."
    >
      <Button component="a" href="/">
        To the start page
      </Button>
    </MessagePage>
  );
}
