import classes from "./paused-channels.module.css";

export type PausedChannel = { channel: string; why: string; since: string; until: string; error: string | null };

/** Channels whose messages wait because the provider takes none, and what to do about it. */
export function PausedChannels({ channels }: { channels: PausedChannel[] }) {
  return channels.map(({ channel, why, since, until, error }) => (
    <section key={channel} className={classes.pause} aria-label={`${channel} waits`}>
      <p>
        <strong>
          {channel} waits since {since}.
        </strong>{" "}
        {why} Messages stay queued and go out by themselves once it is mended; it is tried again {until}.
      </p>
      {error ? <p className={classes.error}>{error}</p> : null}
    </section>
  ));
}
