"use client";

import { PlainLinkButton } from "../ui/plain-button.tsx";
import { ToastProvider } from "../ui/toast.tsx";
import classes from "./account-settings.module.css";
import { DigestSwitch, type SwitchDigest } from "./digest-switch.tsx";

type Props = { hasDigest: boolean; switchDigest: SwitchDigest };

/** What somebody of the staff may set for themselves. */
export function AccountSettings({ hasDigest, switchDigest }: Props) {
  return (
    <ToastProvider closeLabel="Close">
      <div className={classes.settings}>
        <section className={classes.setting}>
          <h2>Daily digest</h2>
          <DigestSwitch isOn={hasDigest} switchDigest={switchDigest} />
        </section>
        <section className={classes.setting}>
          <h2>Password</h2>
          <p>You can sign in with a password, or with a link that is mailed to you.</p>
          <PlainLinkButton href="/account/password" look="outlined">
            Change password
          </PlainLinkButton>
        </section>
      </div>
    </ToastProvider>
  );
}
