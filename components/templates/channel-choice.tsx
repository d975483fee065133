import { IconBell, IconMail, IconMessage } from "@tabler/icons-react";
import Link from "next/link";
import { BackLink } from "../ui/back-link.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import classes from "./channel-choice.module.css";

const channels = [
  { channel: "email", name: "Email", text: "A letter with pictures and buttons, in the gym's look.", Icon: IconMail },
  { channel: "in_app", name: "In the app", text: "A short note in the member's notification center.", Icon: IconBell },
  { channel: "sms", name: "SMS", text: "A few words to the telephone. Each part is paid for.", Icon: IconMessage },
] as const;

export function ChannelChoice() {
  return (
    <>
      <BackLink href="/admin/templates">Templates</BackLink>
      <PageHeader title="New template" description="How does it reach the member? That stays as it is." />
      <ul className={classes.channels}>
        {channels.map(({ channel, name, text, Icon }) => (
          <li key={channel}>
            <Link href={`/admin/templates/new?channel=${channel}`} className={classes.channel}>
              <Icon size={24} stroke={1.5} aria-hidden />
              <strong>{name}</strong>
              <span>{text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
