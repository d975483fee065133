import { Button } from "@mantine/core";
import { MessagePage } from "./message-page.tsx";

/** What somebody sees of a page of another role. */
export function ForbiddenMessage() {
  return (
    <MessagePage
      title="This page is not for your account"
      text="You are signed in, but this page belongs to another role. Ask an admin of your gym if you need it."
    >
      <Button component="a" href="/">
        To your own page
      </Button>
    </MessagePage>
  );
}
