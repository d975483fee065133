import Link from "next/link";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./settings-forms.module.css";
import { type SendTest, TestSend } from "./test-send.tsx";

export type ProviderState = {
  channel: string;
  provider: string;
  state: string;
  tone: ToneName;
  detail: string | null;
  /** Whether we hear what became of messages. */
  events: string | null;
};

type Props = { providers: ProviderState[]; sendTest: SendTest; email: string };

/** Who carries the messages. Chosen in the environment, since that is where the keys are. */
export function ProviderList({ providers, sendTest, email }: Props) {
  return (
    <section aria-labelledby="providers" className={classes.group}>
      <div className={classes.head}>
        <h2 id="providers">Providers</h2>
        <p>Who carries your messages. They are chosen where the app runs, beside their keys.</p>
      </div>
      <div className={classes.fields}>
        <dl className={classes.providers}>
          {providers.map(({ channel, provider, state, tone, detail, events }) => (
            <div key={channel}>
              <dt>{channel}</dt>
              <dd>
                <Tone tone={tone}>{state}</Tone>
                <span>{provider}</span>
                {detail ? <span>{detail}</span> : null}
                {events ? <span>{events}</span> : null}
              </dd>
            </div>
          ))}
        </dl>
        <TestSend sendTest={sendTest} email={email} />
        <p className={classes.note}>
          <Link href="/admin/logs/messages">All messages</Link>, whether receivers know your domain, and how often you
          are reported as spam, are in the logs.
        </p>
      </div>
    </section>
  );
}
